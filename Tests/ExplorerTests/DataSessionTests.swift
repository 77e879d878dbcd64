import Datasets
import Explorer
import Foundation
import TerminalUI
import Testing
import Workbench

extension Stage {
  fileprivate mutating func loadFile(_ path: String, _ rows: Int = 60) {
    scoring(.began(name: "reviews.csv", path: path))
    scoring(.scored(Reviews.chunk(Reviews.rows(rows)), RowsProgress(rows: rows)))
    scoring(.ended(RowsProgress(rows: rows)))
    answer()
  }

  fileprivate var kept: Session? {
    let saved = log.compactMap { effect -> Session? in
      switch effect {
      case .save(let session), .saveAndQuit(let session): session
      default: nil
      }
    }
    return saved.last.flatMap { session in
      (try? JSONEncoder().encode(session)).flatMap {
        try? JSONDecoder().decode(Session.self, from: $0)
      }
    }
  }
}

// Behaviour 37 of the terminal's forty.
@Test func `the filter, the order, the slices and the row are restored with the data set`() throws {
  var stage = Stage("good")
  stage.answer()
  stage.loadFile("/data/reviews.csv")
  stage.press(.escape)
  stage.type("2/p>0.5")
  stage.press(.enter)
  stage.answer()
  stage.type("SoRjjj")
  stage.answer()
  stage.type("j")
  let before = stage.state.picture.frame
  stage.control("q")
  let session = try #require(stage.kept)
  #expect(session.data == "/data/reviews.csv" && session.screen == 2)

  var next = Stage(session: session)
  next.answer()
  next.press(.escape)
  next.type("2")
  next.loadFile("/data/reviews.csv")
  next.answer()
  // The same drawer is open as before.
  #expect(next.rows.dropLast(2) == (0..<34).map { row in stage.rows[row] }[...])
  _ = before
  // Another data set starts afresh and does not affect the state of the first.
  var other = Stage(session: session)
  other.answer()
  other.loadFile("/data/other.csv")
  other.press(.escape)
  other.type("2")
  other.answer()
  #expect(other.screen.contains("60 of 60 rows"))
  other.control("q")
  #expect(other.kept?.dataSessions?["/data/reviews.csv"]?.query == "p>0.5")
  #expect(other.kept?.dataSessions?["/data/reviews.csv"]?.slices == ["p>0.5"])
}

@Test func `a row that was open in Explore is open again`() throws {
  var stage = Stage("good")
  stage.answer()
  stage.loadFile("/data/reviews.csv")
  stage.press(.escape)
  stage.type("2jj")
  stage.press(.enter)
  stage.answer()
  stage.send(.terminate(status: 129))
  let session = try #require(stage.kept)
  #expect(session.dataSessions?["/data/reviews.csv"]?.isOpened == true)
  var next = Stage(session: session)
  next.answer()
  next.loadFile("/data/reviews.csv")
  #expect(next.rows[0].contains("gold "))
  // The row is shown without editing it, and Esc goes back to Errors.
  #expect(next.state.explore.focus != .editor)
  next.type("q")
  #expect(next.state.screen == .errors)
}

@Test func `a restored filter by groups is applied once rows are known to be molecules`()
  throws
{
  var session = Session(text: "CCO", cursor: 3)
  var data = DataSession()
  data.query = "group~amide"
  session.dataSessions = KeptDataSessions()
  session.dataSessions?["/data/molecules.csv"] = data
  var stage = Stage(molecule: "CCO", session: session)
  stage.scoring(.began(name: "molecules.csv", path: "/data/molecules.csv"))
  let rows: [Reviews.Row] = [.init(text: "CCO"), .init(text: "CC(=O)NC", isPositive: true)]
  stage.scoring(.scored(Reviews.chunk(rows), RowsProgress(rows: 2)))
  stage.scoring(.ended(RowsProgress(rows: 2)))
  let asked = try #require(stage.asked(ViewRows.self).last)
  #expect(asked.view.query == "group~amide")
  let view = try asked.table.view(
    try Query(asked.view.query), order: asked.view.order, isReversed: false,
    annotations: asked.view.annotations)
  #expect(view.rows == [1])
}

@Test func `a session that is saved before the rows are loaded keeps the row`() throws {
  var session = Session(text: "good")
  var data = DataSession()
  (data.row, data.query) = (30, "p>0")
  session.dataSessions = KeptDataSessions()
  session.dataSessions?["/data/reviews.csv"] = data
  var stage = Stage(session: session)
  stage.answer()
  stage.scoring(.began(name: "reviews.csv", path: "/data/reviews.csv"))
  stage.send(.terminate(status: 143))
  #expect(stage.kept?.dataSessions?["/data/reviews.csv"]?.row == 30)
  #expect(stage.kept?.dataSessions?["/data/reviews.csv"]?.query == "p>0")
}

@Test func `a session of an older version is read`() throws {
  let old = "{\"text\": \"good\", \"cursor\": 2, \"explainer\": \"lime\"}"
  let session = try JSONDecoder().decode(Session.self, from: Data(old.utf8))
  #expect(session.text == "good" && session.model == nil && session.dataSessions == nil)
}
