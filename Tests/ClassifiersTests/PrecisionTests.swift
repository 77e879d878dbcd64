import Classifiers
import Foundation
import Tensors
import TestSupport
import Testing

/// Models whose weights are rounded when they are opened.
struct PrecisionTests {
  private func open(_ path: String, _ precision: PrecisionChoice) throws -> Model {
    var options = OpeningOptions()
    options.precision = precision
    return try ModelOpener(embedded: []).open(path, with: options)
  }

  /// With weights of four bytes.
  static let paths = [
    "smiles-transformers/roberta", "smiles-transformers/albert", "checkpoints/words-one-layer.pkl",
  ].map { fixture($0).path }

  @Test(arguments: paths)
  func `rounded weights change the answers, and a little only`(_ path: String) throws {
    let (single, rounded) = (try open(path, .float), try open(path, .bfloat16))
    #expect(single.facts.precision == .float && rounded.facts.precision == .bfloat16)
    #expect(rounded.facts.settings.contains { $0 == (name: "precision", value: "bfloat16") })
    let difference = try rounded.difference(from: single)
    // A weight, and the number it is multiplied by, lose at most a 256th each, and a probability moves by at most
    // a quarter of a logit.
    #expect(difference.largest > 0 && difference.largest < 0.05)
    #expect(difference.texts > 5)
    #expect(try single.difference(from: single).largest == 0)
  }

  /// The states of an LSTM stay as they are.
  @Test(arguments: zip(paths, [true, true, false]))
  func `products round both factors on request, where that is faster`(
    _ path: String, _ isTransformer: Bool
  ) throws {
    let matrix = CompactMatrix(Matrix(zeros: 2, 2)).rounded(to: .bfloat16)
    let isFaster = try PackedMatrix(matrix, left: .bfloat16).roundsLeft
    #expect(try !open(path, .float).classifier.traits.roundsFactors)
    #expect(
      try open(path, .bfloat16).classifier.traits.roundsFactors == (isTransformer && isFaster))
  }

  /// Numbers on the right-hand side of products: of a transformer of width 8 with 12 inner units two times
  /// `4 * 8 * 8 + 2 * 8 * 12`, or once beside a projection from 6 to 8, since ALBERT's layers are one.
  @Test(arguments: [(paths[0], 896), (paths[1], 496)])
  func `rounded weights of products take half of the memory`(_ path: String, _ numbers: Int) throws
  {
    let (single, rounded) = (try open(path, .float).facts, try open(path, .bfloat16).facts)
    #expect(single.weightBytes == 4 * single.parameterCount)
    #expect(single.productBytes == 4 * numbers && rounded.productBytes == 2 * numbers)
    #expect(single.weightBytes - rounded.weightBytes == 2 * numbers)
    #expect(single.stepBytes == 0 && rounded.stepBytes == 0)
  }

  @Test func `an LSTM's recurrent weights are read at each token`() throws {
    let (single, rounded) = (
      try open(Self.paths[2], .float).facts, try open(Self.paths[2], .bfloat16).facts
    )
    func setting(_ name: String) throws -> Int {
      try #require(single.settings.first { $0.name == name }.flatMap { Int($0.value) })
    }
    // One layer reads the embedding and gives as many units.
    #expect(try setting("n_layers") == 1)
    let recurrent = try 4 * setting("emb_sz") * setting("emb_sz")
    #expect(single.stepBytes == 4 * recurrent && rounded.stepBytes == 2 * recurrent)
    #expect(single.productBytes == 8 * recurrent && rounded.productBytes == 4 * recurrent)
    #expect(single.weightBytes - rounded.weightBytes == 4 * recurrent)
  }

  @Test(arguments: paths)
  func `auto rounds where no answer moves by a thousandth`(_ path: String) throws {
    let difference = try open(path, .bfloat16).difference(from: open(path, .float))
    let isSmall = difference.largest <= 0.001 && difference.changedClasses == 0
    #expect(try open(path, .auto).facts.precision == (isSmall ? .bfloat16 : .float))
  }

  @Test func `a program of the user's own has no weights to round`() {
    for precision in [PrecisionChoice.bfloat16, .auto] {
      #expect(
        throws: ModelOpeningError.unusedOption(name: "precision", path: "exec:cat")
      ) { try open("exec:cat", precision) }
    }
  }
}
