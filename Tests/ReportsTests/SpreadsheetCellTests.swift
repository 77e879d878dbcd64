import Reports
import Testing

@Test(arguments: [
  ("=1+1", "'=1+1"), ("+good", "'+good"), ("@name", "'@name"), ("＝1", "'＝1"), ("-0.5", "-0.5"),
  ("good", "good"), ("", ""), ("a=1", "a=1"),
])
func `a cell that a spreadsheet would compute is a text`(typed: String, cell: String) {
  #expect(SpreadsheetCell.text(typed) == cell)
}

@Test func `a pasted row has no tab and no line end of its own, and no quote hides a formula`() {
  #expect(SpreadsheetCell.pasted(row: ["a\tb\nc", "\"=1", "2"]) == "a b c\t'\"=1\t2")
}
