public import Classifiers
internal import Foundation
public import Tensors
public import Tokenizers

/// A differentiable classifier small enough to check by hand: a plain recurrent layer over the
/// embeddings, the mean and the last of its outputs, one linear layer. All weights from a seed.
///
/// forward: `h_t = tanh(W x_t + U h_{t-1})`, `logits = V [mean_t h_t, h_last]`.
public struct TinyClassifier: InspectableClassifier, IntervenableClassifier {
  public var classes: [String]
  public var link: OutputLink
  /// What `rowsPerCall` answers.
  public var callSize: Int
  /// What it says that its layers hold.
  public var layerBytesPerToken = 100
  /// Called with the number of rows before each pass that computes logits.
  public var willPass: @Sendable (Int) -> Void

  let width: Int
  let hidden: Int
  var embedding: Matrix
  var inputWeights: Matrix
  var recurrentWeights: Matrix
  var headWeights: Matrix

  public init(
    vocabulary: Int = 20, width: Int = 5, hidden: Int = 4, classes: Int = 3, seed: UInt64 = 1,
    link: OutputLink = .softmax, callSize: Int = 4,
    willPass: @escaping @Sendable (Int) -> Void = { _ in }
  ) {
    var state = seed
    func matrix(_ rows: Int, _ columns: Int) -> Matrix {
      Matrix(
        rows: rows, columns: columns,
        elements: (0..<rows * columns).map { _ in
          state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
          return Float(state >> 40) / Float(1 << 23) - 1
        })
    }
    self.classes = (0..<classes).map { "class \($0)" }
    self.link = link
    self.callSize = callSize
    self.willPass = willPass
    self.width = width
    self.hidden = hidden
    embedding = matrix(vocabulary, width)
    inputWeights = matrix(hidden, width)
    recurrentWeights = matrix(hidden, hidden)
    headWeights = matrix(classes, 2 * hidden)
  }

  /// The same model with every weight of the head multiplied, to saturate or to break it.
  public func scalingHead(by factor: Float) -> TinyClassifier {
    var copy = self
    copy.headWeights.elements = headWeights.elements.map { $0 * factor }
    return copy
  }

  /// The same model, blind to a token: its embedding is zero.
  public func blanking(token: Int) -> TinyClassifier {
    var copy = self
    for column in 0..<width { copy.embedding[token, column] = 0 }
    return copy
  }

  /// The same model as a sum over tokens: no state goes on, all outputs count alike, and the
  /// tokenizer's unknown word is a zero vector.
  public func summing() -> TinyClassifier {
    var copy = blanking(token: 0)
    copy.recurrentWeights.elements = recurrentWeights.elements.map { _ in 0 }
    for row in 0..<headWeights.rows {
      for column in hidden..<2 * hidden { copy.headWeights[row, column] = 0 }
    }
    return copy
  }

  /// Its only pools are a mean and the last output.
  public var traits: ClassifierTraits {
    ClassifierTraits(
      Set(Capability.allCases).subtracting([.pools]), isRecurrent: true, absentToken: .unknown)
  }

  public func rowsPerCall(tokens: Int) -> Int { callSize }

  public func embeddings(for batch: [[Token]]) -> TokenVectors {
    var vectors = TokenVectors(lengths: batch.map(\.count), width: width)
    for (row, ids) in batch.enumerated() {
      for (token, id) in ids.map(\.id).enumerated() {
        vectors.values.replaceSubrange(
          vectors.range(row: row, token: token), with: embedding[row: id])
      }
    }
    return vectors
  }

  public func embeddings(for batch: [[Int]]) -> TokenVectors { embeddings(for: batch.map(tokens)) }

  public func logits(for batch: [[Int]]) -> Matrix { logits(for: batch.map(tokens)) }

  public func logits(for batch: [[Token]]) -> Matrix {
    logits(from: embeddings(for: batch))
  }

  public func logits(from embeddings: TokenVectors) -> Matrix {
    willPass(embeddings.batch)
    return head(outputs(embeddings))
  }

  public func gradient(of targets: [Target], at embeddings: TokenVectors) -> ScoreGradient {
    let all = activations(of: targets, at: embeddings)
    let (outputs, gradient) = (all.parts[0].outputs, all.parts[0].gradient)
    var dx = TokenVectors(lengths: embeddings.lengths, width: width)
    for row in 0..<embeddings.batch {
      var carried = [Float](repeating: 0, count: hidden)
      for token in (0..<embeddings.lengths[row]).reversed() {
        let h = outputs.values[outputs.range(row: row, token: token)]
        let dh = zip(carried, gradient.values[gradient.range(row: row, token: token)])
          .map { $0 + $1 }
        // forward: h_t = tanh(W x_t + U h_{t-1})
        let dz = zip(dh, h).map { $0 * (1 - $1 * $1) }
        dx.values.replaceSubrange(
          dx.range(row: row, token: token), with: transposed(inputWeights, times: dz))
        carried = transposed(recurrentWeights, times: dz)
      }
    }
    return ScoreGradient(logits: all.logits, scores: all.scores, gradient: dx)
  }

  /// At the recurrent layer, the only one.
  func activations(
    of targets: [Target], at embeddings: TokenVectors
  ) -> SiteActivations {
    willPass(embeddings.batch)
    let outputs = outputs(embeddings)
    let logits = head(outputs)
    var gradient = TokenVectors(lengths: embeddings.lengths, width: hidden)
    for (row, target) in targets.enumerated() where embeddings.lengths[row] > 0 {
      let dLogits = target.gradient(logits: logits[row: row], link: link)
      // forward: logits = V [mean_t h_t, h_last]
      let dPooled = transposed(headWeights, times: dLogits)
      let count = embeddings.lengths[row]
      for token in 0..<count {
        for (k, index) in gradient.range(row: row, token: token).enumerated() {
          gradient.values[index] =
            dPooled[k] / Float(count) + (token == count - 1 ? dPooled[hidden + k] : 0)
        }
      }
    }
    let scores = targets.indices.map { targets[$0].value(logits: logits[row: $0], link: link) }
    return SiteActivations(
      logits: logits, scores: scores, parts: [.init(outputs: outputs, gradient: gradient)])
  }

  /// `h`, `[B, T, hidden]`.
  func outputs(_ embeddings: TokenVectors) -> TokenVectors {
    var outputs = TokenVectors(lengths: embeddings.lengths, width: hidden)
    for row in 0..<embeddings.batch {
      var state = [Float](repeating: 0, count: hidden)
      for token in 0..<embeddings.lengths[row] {
        let x = Array(embeddings.values[embeddings.range(row: row, token: token)])
        state = zip(product(inputWeights, x), product(recurrentWeights, state))
          .map { tanh($0 + $1) }
        outputs.values.replaceSubrange(outputs.range(row: row, token: token), with: state)
      }
    }
    return outputs
  }

  func head(_ outputs: TokenVectors) -> Matrix {
    var logits = Matrix(zeros: outputs.batch, classes.count)
    for row in 0..<outputs.batch where outputs.lengths[row] > 0 {
      let states = (0..<outputs.lengths[row]).map {
        outputs.values[outputs.range(row: row, token: $0)]
      }
      let mean = (0..<hidden).map { k in
        states.reduce(0) { $0 + $1[$1.startIndex + k] } / Float(states.count)
      }
      let pooled = mean + Array(states[states.count - 1])
      for (c, logit) in product(headWeights, pooled).enumerated() { logits[row, c] = logit }
    }
    return logits
  }

  func product(_ matrix: Matrix, _ vector: [Float]) -> [Float] {
    (0..<matrix.rows).map { row in
      zip(matrix[row: row], vector).reduce(0) { $0 + $1.0 * $1.1 }
    }
  }

  func transposed(_ matrix: Matrix, times vector: [Float]) -> [Float] {
    (0..<matrix.columns).map { column in
      (0..<matrix.rows).reduce(0) { $0 + matrix[$1, column] * vector[$1] }
    }
  }
}

/// The same predictions, and nothing else: what a model behind a pipe is.
public struct PredictionsOnly: Classifier {
  private let classifier: any Classifier

  public init(_ classifier: any Classifier) { self.classifier = classifier }

  public var classes: [String] { classifier.classes }
  public var link: OutputLink { classifier.link }
  public var traits: ClassifierTraits { ClassifierTraits() }
  public func logits(for batch: [[Token]]) throws -> Matrix { try classifier.logits(for: batch) }
  public func rowsPerCall(tokens: Int) -> Int { classifier.rowsPerCall(tokens: tokens) }
}
