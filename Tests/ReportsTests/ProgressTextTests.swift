import Reports
import Testing

@Test func `rows are told with their speed and what is left`() {
  #expect(
    ProgressText.rows(12_345, seconds: 5, share: 0.5).text
      == "12,345 rows   50 %   2,469 rows/s   5.0 s left")
  #expect(ProgressText.rows(10, seconds: 2, share: nil).text == "10 rows   5 rows/s")
  #expect(ProgressText.rows(10, seconds: 2, share: 1).text == "10 rows   100 %   5 rows/s")
  #expect(ProgressText.rows(0, seconds: 0, share: nil).text == "0 rows")
  #expect(
    ProgressText.rows(10, seconds: 25, share: 0.1).text
      == "10 rows   10 %   2.5 s a row   225 s left")
}

@Test func `passes are told beforehand, and then with what is left`() {
  #expect(
    ProgressText.cost("lime", PassCost(passes: 5000, secondsPerPass: 0.0024, tokens: 30)).text
      == "lime: 5,000 passes of 2.4 ms, about 12 s")
  #expect(
    ProgressText.passes("lime", 1250, of: 5000, seconds: 2).text
      == "lime: 1,250 of about 5,000 passes   6.0 s left")
  #expect(ProgressText.passes("lime", 6000, of: 5000, seconds: 2).text == "lime: 6,000 passes")
}
