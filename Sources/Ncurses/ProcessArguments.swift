internal import CNcurses

/// The program's arguments without its own name, even if there is no /proc to read them from.
package func processArguments() -> [String] {
  (1..<max(1, process_argument_count())).compactMap { index in
    unsafe process_argument(index).map { unsafe String(cString: $0) }
  }
}
