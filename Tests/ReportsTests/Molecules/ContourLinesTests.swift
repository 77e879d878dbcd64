import Reports
import Testing

@Suite struct `contour lines` {
  @Test func `of a cone are circles of the right size`() {
    let count = 81
    let values = (0..<count * count).map { index in
      let (x, y) = (Float(index % count) - 40, Float(index / count) - 40)
      return 30 - (x * x + y * y).squareRoot()
    }
    for radius in [Float(5), 12, 25] {
      let lines = ContourLines(values, columns: count, level: 30 - radius)
      #expect(lines.loops.count == 1)
      for corner in lines.loops.joined() {
        let away = corner - SIMD2(40, 40)
        // The chord of a square's side is inside of the arc by less than this.
        #expect(abs((away * away).sum().squareRoot() - radius) < 0.06)
      }
      // Twice the area by the shoelace formula.
      let area = lines.loops.map(area).reduce(0, +)
      #expect(abs(area / (Float.pi * radius * radius) - 1) < 0.02)
    }
  }

  @Test func `are closed at the edge of the grid`() {
    let lines = ContourLines([1, 1, 1, 1], columns: 2, level: 0.5)
    #expect(lines.loops.count == 1)
    #expect(abs(lines.loops.map(area).reduce(0, +) - 1) < 0.01)
  }

  @Test func `run around a hole the other way`() {
    var values = [Float](repeating: 1, count: 49)
    values[24] = 0
    let areas = ContourLines(values, columns: 7, level: 0.5).loops.map(area).sorted()
    #expect(areas.count == 2)
    #expect((areas.first ?? 0) < 0 && (areas.last ?? 0) > 30)
  }

  @Test func `of nothing are none`() {
    #expect(ContourLines([], columns: 0, level: 1).loops.isEmpty)
    #expect(ContourLines([0, 0, 0, 0], columns: 2, level: 1).loops.isEmpty)
  }

  /// Positive where what is inside is to the right, with y downwards.
  private func area(_ loop: [SIMD2<Float>]) -> Float {
    zip(loop, loop.dropFirst() + loop.prefix(1)).reduce(0) {
      $0 + ($1.0.x * $1.1.y - $1.1.x * $1.0.y) / 2
    }
  }
}
