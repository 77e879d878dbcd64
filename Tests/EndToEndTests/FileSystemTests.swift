import Foundation
import Glibc
import Testing

/// Neither hard links nor the newer ways to rename, as on FAT and on many network file systems.
private let noLinks = """
  #include <errno.h>
  int link(const char *from, const char *to) { errno = EPERM; return -1; }
  int linkat(int a, const char *from, int b, const char *to, int flags) { errno = EPERM; return -1; }
  int renameat2(int a, const char *from, int b, const char *to, unsigned flags) { errno = EINVAL; return -1; }
  """

/// A disk that takes as long for a session as a test wants: until somebody opens a pipe.
private let slowSession = """
  #define _GNU_SOURCE
  #include <dlfcn.h>
  #include <fcntl.h>
  #include <stdio.h>
  #include <stdlib.h>
  #include <string.h>
  #include <unistd.h>
  int fsync(int file) {
    char link[64], path[4096] = {0};
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    const char *gate = getenv("SESSION_GATE");
    if (gate && readlink(link, path, sizeof path - 1) > 0 && strstr(path, "session.json"))
      close(open(gate, O_RDONLY));
    return ((int (*)(int))dlsym(RTLD_NEXT, "fsync"))(file);
  }
  """

@Suite(.enabled(if: Preload.isPossible)) struct `odd file systems` {
  @Test func `without hard links a file is exported all the same, and none is replaced`() throws {
    let folder = try TemporaryFolder()
    let terminal = try Terminal(environment: ["LD_PRELOAD": try Preload(noLinks, in: folder).path])
    try terminal.explore("--fresh 'a brilliant film'")
    try terminal.press("Escape")
    let place = folder.file("map.html")
    for isThere in [false, true] {
      try terminal.type("E")
      try terminal.press("C-u")
      try terminal.type(place)
      try terminal.press("Enter")
      try terminal.wait(for: isThere ? "Overwrite? y/n" : "wrote ")
      if isThere { try terminal.press("n") }
    }
    #expect(try String(contentsOfFile: place, encoding: .utf8).contains("brilliant"))
    try terminal.shellAfterLeaving { try terminal.tmux("send-keys", "C-q") }
    try terminal.explore()
    #expect(try terminal.text.contains("brilliant"))
  }

  @Test func `a session that is slow to reach the disk does not undo the one saved meanwhile`()
    throws
  {
    let folder = try TemporaryFolder()
    let gate = folder.file("gate")
    let made = unsafe mkfifo(gate, 0o600)
    #expect(made == 0)
    let library = try Preload(slowSession, in: folder).path
    let slow = try Terminal(environment: ["LD_PRELOAD": library, "SESSION_GATE": gate])
    let state = ["XDG_STATE_HOME": slow.file("state")]
    let quick = try Terminal(environment: state)
    try slow.explore("--fresh 'the slow one'")
    try slow.tmux("send-keys", "C-q")
    let files = slow.file("state/whylight")
    try slow.wait("the slow one's file") {
      try FileManager.default.contentsOfDirectory(atPath: files)
        .contains { $0.hasPrefix(".session.json.") }
    }
    try quick.explore("--fresh 'the quick one'")
    try quick.shellAfterLeaving { try quick.tmux("send-keys", "C-q") }
    // from now on nobody waits at the gate
    let opened = unsafe open(gate, O_RDWR)
    defer { close(opened) }
    try slow.shellAfterLeaving {}
    let session = try String(contentsOfFile: files + "/session.json", encoding: .utf8)
    #expect(session.contains("the slow one") && session.contains("the quick one"))
  }
}
