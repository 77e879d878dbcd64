import Reports
import Testing

@Test(
  arguments: [
    (0.714, 2, "0.71"), (-0.004, 2, "0.00"), (-0.398, 3, "-0.398"), (2.5e9, 2, "2.5e9"),
    (12.0, 0, "12"), (Float.nan, 2, "nan"), (-Float.infinity, 2, "-inf"), (1e-30, 1, "0.0"),
  ] as [(Float, Int, String)])
func `numbers are written with so many digits`(value: Float, digits: Int, text: String) {
  #expect(Numerals.fixed(value, digits) == text)
}

@Test func `small scores keep their size and sign`() {
  #expect(Numerals.score(0.412, isSigned: true) == "+0.412")
  #expect(Numerals.score(-0.00004, isSigned: true) == "-4.0e-5")
  #expect(Numerals.score(0, isSigned: true) == "+0.000")
}

@Test(arguments: [
  (Float(0.64), "0.64"), (0.5, "0.50"), (0.994, "0.994"), (0.998, "0.998"), (0.99961, "0.9996"),
  (0.99997, "0.99997"), (1, "1.00"), (0, "0.00"), (0.004, "0.004"), (0.0003, "0.0003"),
])
func `a probability has digits enough to be told from 0 and 1`(value: Float, text: String) {
  #expect(Numerals.probability(value) == text)
}

@Test func `a score without its sign is as long as it has to be`() {
  #expect(Numerals.score(0.4126, isSigned: false) == "0.413")
  #expect(Numerals.score(12.345, isSigned: false) == "12.35")
  #expect(Numerals.score(1234.5, isSigned: true) == "+1234.5")
  #expect(Numerals.score(.nan, isSigned: true) == "nan")
}

@Test(
  arguments: [(0.93, ".93"), (-0.2, "-.20"), (1, "1"), (-1, "-1"), (0, ".00")] as [(Float, String)])
func `a correlation has no zero before its point`(value: Float, text: String) {
  #expect(Numerals.correlation(value) == text)
}

@Test(arguments: [
  (0.0021, "2.1 ms"), (0.041, "41 ms"), (1.94, "1.9 s"), (41, "41 s"), (599, "599 s"),
  (600, "10 min"), (7140, "119 min"), (7200, "2.0 h"), (36_000, "10 h"), (-1, ""),
])
func `a duration is in the unit that people would say it in`(seconds: Double, text: String) {
  #expect(Numerals.duration(seconds: seconds) == text)
}

@Test(arguments: [(0, "0"), (999, "999"), (15_992, "15,992"), (-1_234_567, "-1,234,567")])
func `thousands are grouped`(number: Int, text: String) {
  #expect(Numerals.grouped(number) == text)
}

@Test(
  arguments: [
    (0.42, 0, "42 %"), (0.006, 0, "1 %"), (0.0049, 1, "0.5 %"), (1, 0, "100 %"), (.nan, 0, "nan %"),
  ] as [(Float, Int, String)])
func `a share is a percentage`(share: Float, digits: Int, text: String) {
  #expect(Numerals.percent(share, digits) == text)
  #expect(Numerals.percentage(share, digits) + " %" == text)
}

@Test func `work is done to 100 percent when all of it is done`() {
  let shares = [0, 0.25, 0.999, 1, .nan]
  #expect(shares.map(Numerals.progress) == ["0 %", "25 %", "99 %", "100 %", "nan %"])
}

@Test func `what is counted has its number`() {
  #expect(Numerals.count(1, "word") == "1 word")
  #expect(Numerals.count(12_000, "word") == "12,000 words")
  #expect(Numerals.count(2, "class", "classes") == "2 classes")
}

@Test func `bytes are rounded to the nearest`() {
  #expect(
    [0, 999, 1499, 999_499, 1_240_000, 999_940_000, 13_460_000_000].map(Numerals.bytes) == [
      "0 B", "999 B", "1 KB", "999 KB", "1.2 MB", "999.9 MB", "13.5 GB",
    ])
}

@Test(
  arguments: [
    (0.635, 0.604, "0.64 to 0.60, -0.04"), (0.6449, 0.6451, "0.6449 to 0.6451, +0.0002"),
    (0.5, 0.5, "0.50 to 0.50, +0.00"), (0.714, 0.38, "0.71 to 0.38, -0.33"),
    (1e-9, 0, "0.000000 to 0.000000, +0.000000"),
  ] as [(Float, Float, String)])
func `a difference is that of the numbers beside it`(before: Float, now: Float, text: String) {
  let digits = Numerals.digits(ofChange: before, to: now, atLeast: 2)
  let difference = Numerals.difference(from: before, to: now, digits)
  #expect(
    "\(Numerals.fixed(before, digits)) to \(Numerals.fixed(now, digits)), \(difference)" == text)
}

@Test func `whoever subtracts finds the difference that is shown`() throws {
  for before in stride(from: Float(0.0005), to: 1, by: 0.0371) {
    for now in stride(from: Float(0.0007), to: 1, by: 0.0173) {
      let digits = Numerals.digits(ofChange: before, to: now, atLeast: 2)
      let scale = try #require(Double("1e\(digits)"))
      func whole(_ text: String) throws -> Int {
        Int((try #require(Double(text)) * scale).rounded())
      }
      let shown = try whole(Numerals.fixed(now, digits)) - whole(Numerals.fixed(before, digits))
      #expect(try whole(Numerals.difference(from: before, to: now, digits)) == shown)
    }
  }
}

@Test(arguments: [(2.7e-5, "0.00003"), (0.004, "0.004"), (0.0041, "0.005"), (3e-9, "0.000001")])
func `a bound is not less than the number`(value: Float, text: String) {
  #expect(Numerals.bound(value) == text)
}
