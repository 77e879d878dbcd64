import Classifiers
import Foundation
import Synchronization
import Testing

/// What a program says on its standard error.
struct ExternalRemarksTests {
  @Test func `standard error comes in lines, and a flood of it is cut`() throws {
    let script = try Script(
      """
      sys.stderr.write("one\\rtwo\\n" + ("x" * 99 + "\\n") * 20000 + "last\\n")
      sys.stderr.flush()
      \(Script.plain)
      """)
    let remarks = Mutex<[ProgramRemark]>([])
    var opener = ModelOpener(embedded: [])
    opener.remark = { remark in remarks.withLock { $0.append(remark) } }
    _ = try opener.open(script.command)
    let told = remarks.withLock { $0 }
    #expect(told.prefix(2) == [.line("one"), .line("two")])
    let bytes = told.reduce(0) { sum, remark in
      if case .line(let line) = remark { sum + line.utf8.count + 1 } else { sum }
    }
    #expect(bytes <= 65 << 10)
    guard case .omitted(let omitted)? = told.last else {
      Issue.record("\(String(describing: told.last))")
      return
    }
    #expect(bytes + omitted >= 2_000_000)
  }

  @Test func `the last words of a program that ends are told`() throws {
    let remarks = Mutex<[ProgramRemark]>([])
    var opener = ModelOpener(embedded: [])
    opener.remark = { remark in remarks.withLock { $0.append(remark) } }
    #expect(throws: ModelOpeningError.self) {
      try opener.open("exec:printf 'no such file' >&2; exit 127")
    }
    #expect(remarks.withLock { $0 } == [.line("no such file")])
  }
}
