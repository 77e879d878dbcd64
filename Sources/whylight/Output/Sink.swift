internal import Glibc
internal import Reports

/// Where results are written, piece by piece: a file or standard output.
struct Sink: ~Copyable {
  /// nil is standard output.
  private let file: WholeFile?
  /// Escape sequences for colours make sense there.
  let isTerminal: Bool

  /// - Parameter inputs: what the command reads.
  /// - Throws: `Failure` where the file can't be made, or is one of the inputs.
  init(path: String?, inputs: InputFiles = .none) throws {
    do {
      try inputs.check(output: path)
      file = try path.map { try WholeFile(path: $0) }
      isTerminal = file?.isTerminal ?? (isatty(1) == 1)
    } catch let error as WholeFileError {
      throw Failure.usage(Messages.sentence(error))
    }
  }

  /// - Throws: `Failure` where the disk is full or the reader is gone.
  func write(_ output: Output) throws {
    let text = isTerminal ? output.terminalText : output.text
    try put(Array(text.utf8)[...])
  }

  /// - Throws: as for `Output`.
  func write<M: Medium>(_ text: Written<M>) throws { try write(Output(text)) }

  /// Bytes that are no text: a picture, or a model's weights.
  /// - Throws: `Failure`, also where a terminal would show them.
  func write(bytes: ArraySlice<UInt8>) throws {
    if isTerminal {
      throw Failure.usage("the output is not text; write it to a file with --output FILE")
    }
    try put(bytes)
  }

  private func put(_ bytes: ArraySlice<UInt8>) throws {
    try naming {
      guard file == nil else { return try file?.write(bytes) ?? () }
      var rest = bytes
      while !rest.isEmpty {
        let count = unsafe rest.withUnsafeBytes {
          unsafe Glibc.write(1, $0.baseAddress, $0.count)
        }
        if count < 0 {
          if errno == EINTR { continue }
          throw WholeFileError.unwritable(path: "standard output", code: errno)
        }
        rest = rest.dropFirst(count)
      }
    }
  }

  /// All is written: a file stands at its place from now on. Without it the older one stays.
  /// - Throws: `Failure`.
  func finish() throws {
    try naming { try file?.finish() }
  }

  private func naming(_ body: () throws -> Void) throws {
    do { try body() } catch let error as WholeFileError {
      throw Failure.run(Messages.sentence(error))
    }
  }
}
