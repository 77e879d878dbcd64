import Attribution
import Classifiers
import Tensors
import TestSupport
import Testing
import Tokenizers

/// Questions about the text as a whole.
struct TextLevelTests {
  static let text = "An Apple a day keeps me away"

  static func winner(_ ids: [Int], _ classifier: any Classifier = TinyClassifier()) throws -> Int {
    let logits = try classifier.logits(for: [ids])[row: 0]
    return logits.indices.max { logits[$0] < logits[$1] } ?? -1
  }

  @Test func `a reduced text has the same class and no token less would do`() throws {
    let encoding = Self.text.tiny
    let result = try InputReduction().reduce(encoding, model: .tiny())
    #expect(result.kept.count < encoding.pieces.count)
    #expect(result.kept.first == 0, "the frame stays")
    #expect(result.kept == result.kept.sorted())
    let row = result.kept.map { encoding.pieces[$0].id }
    #expect(try Self.winner(row) == result.classIndex)
    #expect(try Self.winner(encoding.ids) == result.classIndex)
    let logits = TinyClassifier().logits(for: [row])[row: 0]
    let p = probabilities(logits, link: .softmax)[result.classIndex]
    #expect(abs(p - result.reducedProbability) < 1e-6)
  }

  @Test func `nothing is left to reduce in the shortest texts`() throws {
    for text in ["", "one"] {
      let encoding = text.tiny
      let result = try InputReduction().reduce(encoding, model: .tiny())
      #expect(result.kept == Array(encoding.pieces.indices))
    }
    #expect(throws: ExplainerError.notApplicable(method: "input reduction", needs: .gradients)) {
      try InputReduction().reduce("one".tiny, model: .tiny(PredictionsOnly(TinyClassifier())))
    }
  }

  @Test func `candidates are the vocabulary's best to first order, and are tried`() throws {
    let encoding = Self.text.tiny
    let model = Model.tiny()
    let request = ExplanationRequest(
      model: model, encoding: encoding, target: Target(classIndex: 1))
    let found = try HotFlip().candidates(for: request, count: 2)
    // Seven words; marks and the frame are no words.
    #expect(found.count == 14)
    let classifier = TinyClassifier()
    let x = classifier.embeddings(for: [encoding.ids])
    let g = classifier.gradient(of: [request.target], at: x).gradient
    for candidate in found {
      var ids = encoding.ids
      ids[candidate.token] = candidate.id
      let change =
        classifier.logits(for: [ids])[0, 1] - classifier.logits(for: [encoding.ids])[0, 1]
      #expect(abs(change - candidate.change) < 1e-5)
      let range = x.range(row: 0, token: candidate.token)
      let other = classifier.embeddings(for: [[candidate.id]]).values
      let estimate = zip(zip(other, x.values[range]), g.values[range])
        .reduce(Float(0)) { $0 + ($1.0.0 - $1.0.1) * $1.1 }
      #expect(abs(estimate - candidate.estimate) < 1e-5)
    }
    let first = found.filter { $0.token == found[0].token }
    #expect(first[0].estimate <= first[1].estimate)
  }

  @Test func `an attack exchanges a few words and says whether it worked`() throws {
    let encoding = Self.text.tiny
    let result = try #require(try HotFlip().attack(encoding, model: .tiny()))
    #expect((1...3).contains(result.flips.count))
    #expect(Set(result.flips.map(\.token)).count == result.flips.count)
    var ids = encoding.ids
    for flip in result.flips { ids[flip.token] = flip.id }
    #expect(try Self.winner(ids) == result.classIndex)
    #expect(result.isFlipped == (result.classIndex != (try Self.winner(encoding.ids))))
  }

  @Test(arguments: ["a bb ccc dddd eeeee", "An Apple a day keeps me away", "x yy"])
  func `decisive sets decide, and no smaller one does where that is proven`(
    text: String
  ) throws {
    var proven = 0
    for classifier in [TinyClassifier() as any Classifier, BagOfTokens()] {
      let encoding = text.tiny
      let model = Model.tiny(classifier)
      let own = try Self.winner(encoding.ids, classifier)
      for isRemoval in [true, false] {
        let sets = DecisiveSets()
        let found =
          try isRemoval
          ? sets.flipping(encoding, model: model) : sets.keeping(encoding, model: model)
        let words = encoding.groups(by: .word).filter { !$0.isFrame }.map(\.pieces)
        func decides(_ units: [[Int]]) throws -> Bool {
          let touched = Set(units.flatMap(\.self))
          let row = encoding.ids.indices.map { index -> Int in
            let isAbsent =
              encoding.pieces[index].isFrame
              ? false
              : touched.contains(index) == isRemoval
            return isAbsent ? 0 : encoding.ids[index]
          }
          return (try Self.winner(row, classifier) == own) != isRemoval
        }
        guard let found else {
          for word in words { #expect(try !decides([word])) }
          #expect(try !decides(words))
          continue
        }
        #expect(try decides(found.units))
        for unit in found.units {
          #expect(try !decides(found.units.filter { $0 != unit }) || found.units.count == 1)
        }
        guard found.isProven else { continue }
        proven += 1
        for mask in 0..<1 << words.count where mask.nonzeroBitCount < found.units.count {
          #expect(try !decides(words.indices.filter { mask >> $0 & 1 == 1 }.map { words[$0] }))
        }
      }
    }
    #expect(proven > 0)
  }
}
