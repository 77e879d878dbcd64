import Glibc
import Tensors

/// The similarity of two texts, computed from their sentence embeddings; a single number.
struct Similarity: Derivation {
  enum Measure: String, Sendable, CaseIterable {
    case cosine, dot
  }

  let measure: Measure

  var classes: [String] { ["similarity"] }
  var link: OutputLink { .identity }

  /// Each text separately.
  func readings(of parts: [Int]) throws -> [Reading] {
    let second = parts.indices.filter { parts[$0] != 0 }
    guard !second.isEmpty else { throw ClassifierError.needsPair }
    return [
      Reading(tokens: parts.indices.filter { parts[$0] == 0 }), Reading(tokens: second),
    ]
  }

  func logits(_ outputs: Matrix) -> [Float] {
    let (u, v) = (outputs[row: 0], outputs[row: 1])
    return [Float(dot(u, v) / scale(u, v))]
  }

  func backward(_ dLogits: [Float], outputs: Matrix) -> Matrix {
    let (u, v) = (outputs[row: 0], outputs[row: 1])
    let d = gradient(u, v)
    return Matrix(
      rows: 2, columns: outputs.columns,
      elements: (d.u + d.v).map { Float($0 * Double(dLogits[0])) })
  }

  /// The mean gradient on the straight line between the two pairs of vectors, plus the error of the
  /// finite sum, distributed along the line.
  func chords(_ multipliers: [Float], from baseline: Matrix, to outputs: Matrix) -> Matrix {
    let points = 64
    var mean = [Double](repeating: 0, count: outputs.elements.count)
    for point in 0..<points {
      let share = Float((Double(point) + 0.5) / Double(points))
      let x = zip(baseline.elements, outputs.elements).map { $0 + share * ($1 - $0) }
      let d = gradient(Array(x.prefix(outputs.columns)), Array(x.suffix(outputs.columns)))
      for (index, slope) in (d.u + d.v).enumerated() { mean[index] += slope / Double(points) }
    }
    let change = zip(outputs.elements, baseline.elements).map { Double($0) - Double($1) }
    let length = change.reduce(0) { $0 + $1 * $1 }
    let reached = zip(mean, change).reduce(0) { $0 + $1.0 * $1.1 }
    let missing = Double(logits(outputs)[0]) - Double(logits(baseline)[0]) - reached
    let factor = length > 0 ? missing / length : 0
    return Matrix(
      rows: 2, columns: outputs.columns,
      elements: zip(mean, change).map { Float(($0 + factor * $1) * Double(multipliers[0])) })
  }

  private func dot(_ u: [Float], _ v: [Float]) -> Double {
    zip(u, v).reduce(0) { $0 + Double($1.0) * Double($1.1) }
  }

  /// The divisor of the product. PyTorch's cosine clamps lengths below this value.
  private func scale(_ u: [Float], _ v: [Float]) -> Double {
    measure == .dot ? 1 : length(u) * length(v)
  }

  private func length(_ u: [Float]) -> Double { max(1e-12, dot(u, u).squareRoot()) }

  private func gradient(_ u: [Float], _ v: [Float]) -> (u: [Double], v: [Double]) {
    guard measure == .cosine else { return (v.map(Double.init), u.map(Double.init)) }
    // forward:  cosine = u v / (|u| |v|)
    let (lengthU, lengthV) = (length(u), length(v))
    let cosine = dot(u, v) / (lengthU * lengthV)
    func d(_ x: [Float], _ other: [Float], _ own: Double, _ others: Double) -> [Double] {
      zip(x, other).map { Double($1) / (own * others) - cosine * Double($0) / (own * own) }
    }
    return (d(u, v, lengthU, lengthV), d(v, u, lengthV, lengthU))
  }
}
