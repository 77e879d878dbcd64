import Foundation
import Glibc
import Testing

/// What the release opens where libdispatch asks for the state of a thread. That it starts without /proc
/// is tried by packaging/check, because the program beside the tests has libdispatch as Swift brings it.
@Suite(.enabled(if: Preload.isPossible)) struct `the state of a thread` {
  private typealias Open = @convention(c) (UnsafePointer<CChar>, CInt) -> CInt

  private func open(_ path: String) throws -> CInt {
    let source = Program.packageFolder.appending(path: "packaging/thread-state.c")
    let folder = try TemporaryFolder()
    let library = try Preload(try String(contentsOf: source, encoding: .utf8), in: folder)
    guard let handle = unsafe dlopen(library.path, RTLD_NOW),
      let symbol = unsafe dlsym(handle, "open_thread_state")
    else { throw Preload.NotCompiled(messages: "no function open_thread_state") }
    defer { unsafe dlclose(handle) }
    return unsafe unsafeBitCast(symbol, to: Open.self)(path, O_RDONLY | O_NONBLOCK)
  }

  @Test func `is read where there is proc`() throws {
    let file = try open("/proc/self/stat")
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 100)
    let count = unsafe read(file, &bytes, bytes.count)
    #expect(count > 0)
  }

  @Test func `that can't be opened is not -1, which ends the program, and can't be read`() throws {
    let file = try open("/proc/0/stat")
    #expect(file != -1)
    var byte: UInt8 = 0
    let count = unsafe read(file, &byte, 1)
    #expect(count == -1)
  }
}
