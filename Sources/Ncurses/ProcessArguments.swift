internal import CNcurses

/// What the program was called with, without its own name, also where there is no /proc to read it from.
package func processArguments() -> [String] {
  (1..<max(1, process_argument_count())).compactMap { index in
    unsafe process_argument(index).map { unsafe String(cString: $0) }
  }
}
