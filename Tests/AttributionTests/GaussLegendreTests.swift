import Attribution
import Testing

struct GaussLegendreTests {
  @Test func `three points are the known ones`() {
    let rule = GaussLegendre(count: 3)
    let expected = [0.5 - 0.6.squareRoot() / 2, 0.5, 0.5 + 0.6.squareRoot() / 2]
    #expect(zip(rule.nodes, expected).allSatisfy { abs($0 - $1) < 1e-15 })
    #expect(zip(rule.weights, [5.0 / 18, 8.0 / 18, 5.0 / 18]).allSatisfy { abs($0 - $1) < 1e-15 })
  }

  @Test(arguments: [1, 2, 5, 20, 50, 101, 1000])
  func `polynomials up to twice the number of points are exact`(count: Int) {
    let rule = GaussLegendre(count: count)
    for degree in [0, 1, count, 2 * count - 1] {
      let integral = zip(rule.nodes, rule.weights).reduce(0.0) { sum, point in
        var power = 1.0
        for _ in 0..<degree { power *= point.0 }
        return sum + point.1 * power
      }
      // Rounding grows with the number of points; 1e-12 is ten thousand units in the last place.
      #expect(abs(integral * Double(degree + 1) - 1) < 1e-12 * Double(degree + 1))
    }
    #expect(zip(rule.nodes, rule.nodes.dropFirst()).allSatisfy { $0 < $1 })
  }
}
