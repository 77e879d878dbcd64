internal import Glibc
internal import Reports

/// The output for results, written piece by piece: a file or standard output.
struct Sink: ~Copyable {
  /// nil for standard output.
  private let file: WholeFile?
  /// Whether escape sequences for colours make sense.
  let isTerminal: Bool

  /// - Parameter inputs: the files that the command reads.
  /// - Throws: `Failure` if the file cannot be created, or is one of the inputs.
  init(path: String?, inputs: InputFiles = .none) throws {
    do {
      try inputs.check(output: path)
      file = try path.map { try WholeFile(path: $0) }
      isTerminal = file?.isTerminal ?? (isatty(1) == 1)
    } catch let error as WholeFileError {
      throw Failure.usage(Messages.sentence(error))
    }
  }

  /// - Throws: `Failure` if the disk is full or the reader is gone.
  func write(_ output: Output) throws {
    let text = isTerminal ? output.terminalText : output.text
    try put(Array(text.utf8)[...])
  }

  /// - Throws: as for `Output`.
  func write<M: Medium>(_ text: Written<M>) throws { try write(Output(text)) }

  /// Writes bytes that are not text: a picture, or a model's weights.
  /// - Throws: `Failure`, also if standard output is a terminal.
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

  /// Completes the output: a file replaces the older one now. Without this call, the older one
  /// stays.
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
