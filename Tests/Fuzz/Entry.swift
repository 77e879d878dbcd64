import Foundation

/// The reader that `WHYLIGHT_FUZZ` names; libFuzzer owns the command line.
private let reader: Reader = {
  let name = ProcessInfo.processInfo.environment["WHYLIGHT_FUZZ"] ?? ""
  guard let reader = Reader(rawValue: name) else {
    let names = Reader.allCases.map(\.rawValue).joined(separator: ", ")
    FileHandle.standardError.write(Data("WHYLIGHT_FUZZ is '\(name)'; it takes \(names)\n".utf8))
    exit(2)
  }
  return reader
}()

/// What libFuzzer calls with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  reader.read(unsafe Array(UnsafeBufferPointer(start: start, count: count)))
  return 0
}
