import Tensors
import Testing

@Suite struct CorrelationTests {
  @Test func `numbers and ranks correlate as in scipy`() {
    #expect(Correlation.kendall([1, 2, 3, 4], [1, 2, 4, 3]) == 2.0 / 3)
    let tied = Correlation.kendall([1, 1, 2, 3], [1, 2, 2, 3])
    #expect(abs((tied ?? 0) - 0.8) < 1e-12)
    #expect(Correlation.spearman([1, 2, 3], [3, 2, 1]) == -1)
    #expect(Correlation.kendall([1, 1], [1, 2]) == nil)
    #expect(Correlation.spearman([1, .nan], [1, 2]) == nil)
    // scipy.stats.pearsonr([1, 2, 4], [2, 1, 5])
    #expect(abs((Correlation.pearson([1, 2, 4], [2, 1, 5]) ?? 0) - 0.8386279) < 1e-6)
    #expect(Correlation.pearson([1, 2], [3, 3]) == nil && Correlation.pearson([1], [1]) == nil)
  }
}
