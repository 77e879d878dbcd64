import Attribution
import Classifiers
import EmbeddedModels
import Molecules
import Reports
import Testing
import Tokenizers

private let rivaroxaban = "O=C1COCCN1c1ccc(cc1)N1CC(CNC(=O)c2ccc(Cl)s2)OC1=O"

private func request(_ text: String, _ model: Model) -> ExplanationRequest {
  ExplanationRequest(
    model: model, encoding: model.tokenizer.encode(text), target: Target(classIndex: 1))
}

/// The embedded model reads molecules in other spellings.
struct SpellingSpreadTests {
  @Test func `mean and spread are those of the spellings, explained one by one`() throws {
    let model = try EmbeddedModelCatalog.opener.open("molecules")
    let explainer = try #require(ExplainerCatalog.explainer(named: "grad-cam"))
    let molecule = SMILESReading(rivaroxaban).molecule
    let found = try #require(
      try SpellingSpread.measure(request(rivaroxaban, model), by: explainer, count: 5, seed: 3))
    #expect(found.count == 5 && found.distinct == 5)
    var scores: [[Float]] = []
    for seed in UInt64(3)..<8 {
      var generator = SeededGenerator(seed: seed)
      let written = molecule.randomSMILES(using: &generator)
      let request = request(written.text, model)
      let attribution = try explainer.explain(request) { _ in }
      let reading = SMILESReading(written.text)
      let heat = MoleculeHeat(
        reading, pieces: request.encoding.pieces, scores: attribution.scores)
      // the same atom stands at its range
      scores.append(
        try written.ranges.map { range in
          heat.atoms[try #require(reading.molecule.atoms.firstIndex { $0.range == range })]
        })
    }
    for atom in molecule.atoms.indices {
      let values = scores.map { Double($0[atom]) }
      let mean = values.reduce(0, +) / 5
      let spread = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 4).squareRoot()
      #expect(abs(Double(found.mean[atom]) - mean) < 1e-5)
      #expect(abs(Double(found.spread[atom]) - spread) < 1e-5)
    }
    #expect(found.spread.contains { $0 > 0 })
  }

  @Test func `a molecule of one spelling has no spread, and a mistake no answer`() throws {
    let model = try EmbeddedModelCatalog.opener.open("molecules")
    let explainer = try #require(ExplainerCatalog.explainer(named: "grad-cam"))
    let methane = try #require(try SpellingSpread.measure(request("C", model), by: explainer))
    #expect(methane.distinct == 1 && methane.spread == [0])
    #expect(methane.agreeing == SpellingSpread.usualCount)
    #expect(try SpellingSpread.measure(request("CC(", model), by: explainer) == nil)
  }
}

/// The fewest swaps that flip a class.
struct SwapSearchTests {
  @Test func `what is found flips the model, and no single swap is left out`() throws {
    let model = try EmbeddedModelCatalog.opener.open("molecules")
    for text in ["CC(=O)Oc1ccccc1C(=O)O", "Cn1cnc2n(C)c(=O)n(C)c(=O)c12", "NCCc1ccc(O)c(O)c1"] {
      let before = try model.predict(text).classIndex
      let found = try SwapSearch().find(in: EditedText(text), model: model, classIndex: 1) { _ in }
      for flip in found.flips {
        #expect(SMILESReading(flip.smiles).problem == nil)
        #expect(flip.steps.count == found.swaps)
        let prediction = try model.predict(flip.smiles)
        #expect(prediction.classIndex != before, "\(flip.smiles)")
        for (ours, theirs) in zip(flip.probabilities, prediction.probabilities) {
          #expect(abs(ours - theirs) < 1e-4)
        }
      }
      // every single swap, by hand
      let molecule = SMILESReading(text).molecule
      var flips: Set<String> = []
      for atom in molecule.atoms.indices {
        for swap in Swap.allCases {
          guard let written = molecule.swapping(atom, for: swap), written.text != text,
            try model.predict(written.text).classIndex != before
          else { continue }
          flips.insert(written.text)
        }
      }
      if flips.isEmpty {
        #expect(found.swaps > 1)
      } else {
        #expect(found.swaps == 1)
        #expect(Set(found.flips.map(\.smiles)).isSubset(of: flips))
        #expect(found.flips.count == min(flips.count, 60))
      }
    }
  }

  @Test func `the clearest flip stands first, and the search is bounded`() throws {
    let model = try EmbeddedModelCatalog.opener.open("molecules")
    var search = SwapSearch()
    search.mostTrials = 50
    let text = EditedText("CC(=O)Oc1ccccc1C(=O)O")
    let found = try search.find(in: text, model: model, classIndex: 1) { _ in }
    #expect(found.tried <= 50)
    let whole = try SwapSearch().find(in: text, model: model, classIndex: 1) { _ in }
    let now = try model.predict(text.text).classIndex
    let kept = whole.flips.map { $0.probabilities[now] }
    #expect(kept == kept.sorted())
    let broken = try search.find(in: EditedText("CC("), model: model, classIndex: 1) { _ in }
    #expect(broken.flips.isEmpty && broken.tried == 0)
  }
}
