import Explorer
import Testing

@Test(
  arguments: [
    // The expected values are those of scipy.stats.spearmanr.
    ([1, 2, 3, 4], [1, 2, 3, 4], 1), ([1, 2, 3, 4], [4, 3, 2, 1], -1),
    ([0.4, -0.3, 0.1, 0.1, 0], [0.2, -0.5, 0.3, 0, 0], 0.763_157_9),
    ([3, 1, 2], [1, 3, 2], -1),
  ] as [([Float], [Float], Float)])
func `rank correlations are Spearman's, and equal scores share a rank`(
  a: [Float], b: [Float], rho: Float
) throws {
  #expect(abs(try #require(Agreement.spearman(a, b)) - rho) < 1e-6)
}

@Test func `constant scores have no correlation`() {
  #expect(Agreement.spearman([1, 1, 1], [1, 2, 3]) == nil)
  #expect(Agreement.spearman([], []) == nil)
  #expect(Agreement.spearman([1], [2]) == nil)
}

@Test func `the strongest shared words are counted regardless of sign`() {
  let overlap = Agreement.overlap([5, -4, 3, 0, 0], [-9, 0, 1, 0, 2], count: 2)
  #expect(overlap.shared == 1 && overlap.of == 2)
  #expect(Agreement.overlap([1], [2], count: 5).of == 1)
}
