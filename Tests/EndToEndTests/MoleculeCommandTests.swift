import Documents
import Foundation
import Testing

private let rivaroxaban = "O=C1COCCN1c1ccc(cc1)N1CC(CNC(=O)c2ccc(Cl)s2)OC1=O"

private func explained(_ arguments: String...) throws -> Program.Result {
  try Program.run(["explain", "--model", "molecules", "--method", "grad-cam"] + arguments)
}

private func json(_ result: Program.Result) throws -> JSON {
  let line = try #require(result.output.split(separator: "\n").first)
  return try JSON(Array(line.utf8))
}

private func numbers(_ value: JSON?) -> [Double] { (value?.items ?? []).compactMap(\.number) }

@Suite struct `explain of a molecule` {
  @Test func `has a score an atom and a bond, which add up to those of the tokens`() throws {
    let found = try json(explained("--format", "json", rivaroxaban))
    let atoms = try #require(found["atoms"]?.items)
    let bonds = try #require(found["bonds"]?.items)
    #expect(atoms.count == 29 && bonds.count == 32)
    let chlorine = try #require(atoms.first { $0["element"] == .string("Cl") })
    #expect(chlorine["start"] == .integer(38) && chlorine["end"] == .integer(40))
    let parts = (atoms + bonds).compactMap { $0["score"]?.number } + [found["rest"]?.number ?? 0]
    let tokens = numbers(found["scores"])
    let (sum, sumOfTokens): (Double, Double) = (parts.reduce(0, +), tokens.reduce(0, +))
    #expect(abs(sum - sumOfTokens) < 1e-4)
    #expect(found["spellings"] == nil)
  }

  @Test func `has mean and spread over other spellings where they are asked for`() throws {
    let found = try json(explained("--format", "json", "--spellings", "7", rivaroxaban))
    let spellings = try #require(found["spellings"])
    #expect(spellings["count"] == .integer(7))
    #expect(numbers(spellings["mean"]).count == 29 && numbers(spellings["spread"]).count == 29)
    #expect(numbers(spellings["spread"]).allSatisfy { $0 >= 0 })
    #expect(
      try json(explained("--format", "json", "--spellings", "7", rivaroxaban))["spellings"]
        == spellings)
    let text = try explained("--spellings", "7", rivaroxaban).output
    #expect(text.contains("in 7 other spellings of the molecule: "))
    #expect(text.contains("the model decides the same in "))
  }

  @Test func `refuses spellings of texts, and numbers of them that say nothing`() throws {
    let text = try Program.run("explain", "--spellings", "5", "a good film")
    #expect(text.status == 2 && text.error.contains("--spellings is for molecules"))
    let few = try explained("--spellings", "1", "CCO")
    #expect(few.status != 0 && few.error.contains("from 2 to 1000"))
  }

  @Test func `draws the structure in SVG and HTML, and lists atoms as CSV`() throws {
    let svg = try explained("--format", "svg", rivaroxaban)
    #expect(svg.status == 0 && svg.output.hasPrefix("<svg"))
    #expect(svg.output.contains(">Cl<") || svg.output.contains(">Cl"))
    #expect(svg.output.contains("fill-rule=\"evenodd\""))
    let html = try explained("--format", "html", rivaroxaban)
    #expect(html.output.contains("<svg") && html.output.contains("fill-rule=\"evenodd\""))
    let rows = try explained("--format", "atoms", rivaroxaban).output
      .split(whereSeparator: \.isNewline)
    #expect(rows.count == 30)
    #expect(rows.first?.hasPrefix("index,element,start,end,") == true)
    #expect(rows.dropFirst().enumerated().allSatisfy { $1.hasPrefix("\($0),") })
  }

  @Test(arguments: ["atom", "group", "ring"])
  func `has what the answer loses without each unit, where that is asked for`(
    _ unit: String
  ) throws {
    let found = try json(explained("--format", "json", "--group", unit, rivaroxaban))
    let groups = try #require(found["groups"]?.items)
    let wanted = [
      "atom": "Cl 24", "group": "thiophene with chlorine", "ring": "morpholinone",
    ]
    #expect(groups.contains { $0["name"] == .string(wanted[unit] ?? "") })
    #expect(groups.allSatisfy { $0["score"]?.number != nil && $0["atoms"]?.items.isEmpty == false })
    #expect(unit != "atom" || groups.count == 29)
  }

  @Test func `is one of text, or the other way round, where that is said`() throws {
    let text = try json(explained("--format", "json", "--view", "text", rivaroxaban))
    #expect(text["atoms"]?.items.isEmpty ?? true)
    let molecule = try Program.run(
      "explain", "--method", "grad-cam", "--format", "json", "--view", "molecule", "CCO")
    #expect(try json(molecule)["atoms"]?.items.count == 3)
  }

  @Test func `shows a text with a mistake as text, with the column`() throws {
    let found = try explained("--format", "svg", "CC(")
    #expect(found.status == 0 && !found.output.contains("fill-rule"))
    #expect(found.output.contains("column 3"))
  }
}
