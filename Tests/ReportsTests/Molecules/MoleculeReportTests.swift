import Attribution
import Classifiers
import Documents
import Molecules
import Reports
import Testing
import Tokenizers

@Suite struct `an explanation of a molecule` {
  private let rivaroxaban = "O=C1COCCN1c1ccc(cc1)N1CC(CNC(=O)c2ccc(Cl)s2)OC1=O"

  @Test func `has a score an atom in JSON`() throws {
    let json = try json(rivaroxaban)
    let atoms = try #require(json["atoms"]?.list)
    let bonds = try #require(json["bonds"]?.list)
    #expect(atoms.count == 29 && bonds.count == 32)
    #expect(atoms[0]["element"]?.string == "O" && atoms[0]["start"] == .integer(0))
    let chlorine = try #require(atoms.first { $0["element"]?.string == "Cl" })
    #expect(chlorine["start"] == .integer(38) && chlorine["end"] == .integer(40))
    let orders = bonds.compactMap { $0["order"] }
    #expect(orders.filter { $0 == .number(1.5) }.count == 11)
    #expect(orders.filter { $0 == .integer(2) }.count == 3)
    #expect(bonds[0]["start"] == .integer(1) && bonds[1]["start"] == .null)
    let scores = (atoms + bonds).compactMap { $0["score"]?.value } + [json["rest"]?.value ?? 0]
    let tokens = try #require(json["scores"]?.list).compactMap(\.value)
    let (sum, sumOfTokens): (Float, Float) = (scores.reduce(0, +), tokens.reduce(0, +))
    #expect(abs(sum - sumOfTokens) < 1e-4)
  }

  @Test func `has no atoms in JSON where the text is none`() throws {
    #expect(try json("good film", asMolecule: false)["atoms"] == nil)
    let broken = try json("C1CC")
    #expect(broken["atoms"] == .null)
    #expect(broken["smiles_problem"]?.string?.contains("column 2: ring 1") == true)
  }

  @Test func `is drawn in pictures and pages, with its own heat below`() {
    let explanation = explained(rivaroxaban)
    let record = Sample.record(rivaroxaban)
    let picture = SVGReport(model: Sample.model).whole(explanation, record: record).text
    let page = HTMLReport(model: Sample.model).whole(explanation, record: record).text
    for text in [picture, page] {
      #expect(text.contains(">Cl</text>") && text.contains("fill-rule=\"evenodd\""))
      #expect(text.contains("stroke-dasharray"))
      #expect(text.contains("together"))
    }
    #expect(page.contains("<svg class=\"molecule\""))
  }

  @Test func `is shown as text with the column of a mistake`() {
    let explanation = explained("CC(C")
    let record = Sample.record("CC(C")
    let text = TextReport(model: Sample.model).whole(explanation, record: record).text
    #expect(
      text.contains("not a valid SMILES, shown as text: column 3: the parenthesis is never closed"))
    let picture = SVGReport(model: Sample.model).whole(explanation, record: record).text
    #expect(picture.contains("column 3") && !picture.contains("evenodd"))
  }

  @Test func `is a row of CSV an atom, in the order of RDKit`() {
    let rows = AtomsReport().whole(explained("CC(=O)[O-]"), record: Sample.record("CC(=O)[O-]"))
      .text.split(separator: "\n").map {
        $0.split(separator: ",", omittingEmptySubsequences: false)
      }
    #expect(
      rows.first?.joined(separator: " ")
        == "index element start end hydrogens charge aromatic x y score text method")
    #expect(rows.count == 5)
    #expect(rows[1].prefix(7).joined(separator: " ") == "0 C 0 1 3 0 false")
    #expect(rows[4].prefix(7).joined(separator: " ") == "3 O 6 10 0 -1 false")
    #expect(Float(rows[3][9]) == explained("CC(=O)[O-]").molecule?.heat.atoms[2])
    #expect(Float(rows[1][7]) != nil)
  }

  private func json(_ text: String, asMolecule: Bool = true) throws -> JSON {
    let explanation = asMolecule ? explained(text) : Sample.explained(text)
    let line = JSONReport(model: Sample.model).whole(explanation, record: Sample.record(text)).text
    return try JSON(Array(line.utf8))
  }

  /// Each part of the text is a token; scores rise along it.
  private func explained(_ text: String) -> ExplainedText {
    let pieces = SMILESReading(text).parts.map { part in
      Piece(text: "x", id: 0, utf8Range: part.range)
    }
    let encoding = Encoding(text: text, pieces: pieces)
    let scores = pieces.indices.map { Float($0) * 0.05 - 0.4 }
    let card = Sample.explained().card
    var explanation = ExplainedText(
      prediction: Prediction(
        encoding: encoding, logits: [-0.5, 0.5], probabilities: [0.25, 0.75], classIndex: 1),
      card: card, target: Target(classIndex: 1),
      attribution: TokenAttribution(scores: scores, targetValue: 0.5, evaluations: 1), seconds: 0.01
    )
    explanation.molecule = ExplainedMolecule(encoding, scores: scores)
    return explanation
  }
}

@Test(arguments: SampleMolecule.all)
func `each atom is in one group and has a name`(_ sample: SampleMolecule) {
  let molecule = sample.reading.molecule
  let groups = MoleculeUnit.group.members(of: molecule)
  #expect(groups.flatMap(\.atoms).sorted() == Array(molecule.atoms.indices))
  #expect(groups.allSatisfy { !$0.name.isEmpty })
}

@Test func `groups are called as chemists call them`() throws {
  let rivaroxaban = try #require(SampleMolecule.named("rivaroxaban"))
  let names = MoleculeUnit.group.members(of: rivaroxaban.reading.molecule).map(\.name)
  #expect(names.contains("thiophene with chlorine") && names.contains("morpholinone"))
}

@Test func `rings are called as the table of groups calls them, others by their elements`() throws {
  let names = { (text: String) in
    MoleculeUnit.ring.members(of: SMILESReading(text).molecule).map(\.name)
  }
  let rivaroxaban = try #require(SampleMolecule.named("rivaroxaban"))
  #expect(
    Set(names(rivaroxaban.smiles)) == ["morpholinone", "benzene", "oxazolidinone", "thiophene"])
  // indole, which the table has as one, in its two rings
  #expect(names("c1ccc2[nH]ccc2c1").sorted() == ["benzene", "pyrrole"])
  #expect(names("C1CC[SiH2]C1.c1cc[se]c1") == ["ring C4Si", "aromatic ring C4Se"])
}

extension JSON {
  fileprivate var list: [JSON]? { if case .array(let values) = self { values } else { nil } }
  fileprivate var string: String? { if case .string(let text) = self { text } else { nil } }
  fileprivate var value: Float? {
    switch self {
    case .number(let number): Float(number)
    case .integer(let number): Float(number)
    default: nil
    }
  }
}
