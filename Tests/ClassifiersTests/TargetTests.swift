import Classifiers
import TestSupport
import Testing

struct TargetTests {
  static let targets = Target.Quantity.allCases.flatMap { quantity in
    [nil, 0, 2].map { Target(classIndex: 1, versus: $0, quantity: quantity) }
  }

  @Test(arguments: targets, [OutputLink.softmax, .sigmoid, .identity])
  func `a target's gradient is that of its value`(target: Target, link: OutputLink) {
    let logits: [Float] = [0.3, -1.2, 2.1]
    let gradient = target.gradient(logits: logits, link: link)
    // A step of 2^-7 leaves an error of its square from the curvature and of 2^-24 / 2^-7 from
    // the rounding of the values: both about 1e-5.
    let step: Float = 0x1p-7
    let measured = logits.indices.map { index in
      var (up, down) = (logits, logits)
      up[index] += step
      down[index] -= step
      return (target.value(logits: up, link: link) - target.value(logits: down, link: link))
        / (2 * step)
    }
    #expect(largestDifference(gradient, measured) < 1e-4)
    #expect(gradient.contains { abs($0) > 0.01 })
  }

  @Test func `probabilities of one class of several add up to one`() {
    let p = probabilities([1000, 999, -1000], link: .softmax)
    #expect(abs(p[0] - 0.731_058_6) < 1e-6)
    #expect(p[2] == 0)
    #expect(abs(p.reduce(0, +) - 1) < 1e-6)
  }

  @Test func `a certain model still has a gradient of the right size`() {
    let target = Target(classIndex: 0, quantity: .probability)
    let gradient = target.gradient(logits: [30, 0], link: .softmax)
    // 1 - p is exp(-30): far below what p itself, a Float near 1, could tell.
    #expect(abs(gradient[0] / 9.357_623e-14 - 1) < 1e-5)
  }

  @Test(arguments: targets, [OutputLink.softmax, .sigmoid, .identity])
  func `logits that are no numbers do not stop the program`(target: Target, link: OutputLink) {
    for hostile in [Float.nan, .infinity, -.infinity] {
      let logits = [hostile, hostile, 1]
      #expect(target.gradient(logits: logits, link: link).count == 3)
      #expect(probabilities(logits, link: link).count == 3)
      _ = target.value(logits: logits, link: link)
    }
  }
}
