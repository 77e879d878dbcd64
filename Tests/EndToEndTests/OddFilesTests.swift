import Documents
import Foundation
import Glibc
import Testing

/// What a path may name in place of a good file.
private enum OddFile: String, CaseIterable, Sendable {
  case missing, folder, empty, pipe, unreadable
  case null = "/dev/null"
  case zero = "/dev/zero"

  func make(in folder: TemporaryFolder) throws -> String {
    let path = folder.file(rawValue)
    switch self {
    case .missing: break
    case .folder:
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    case .empty, .unreadable: try Data().write(to: URL(filePath: path))
    case .pipe:
      let made = unsafe mkfifo(path, 0o600)
      try #require(made == 0)
    case .null, .zero: return rawValue
    }
    return path
  }
}

/// No permission to open a file of that name: root reads what nobody may.
private let noPermission = """
  #define _GNU_SOURCE
  #include <dlfcn.h>
  #include <errno.h>
  #include <fcntl.h>
  #include <string.h>
  #define REFUSE(path) if (strstr(path, "/unreadable")) { errno = EACCES; return -1; }
  #define NEXT(name) ((int (*)())dlsym(RTLD_NEXT, name))
  int open(const char *path, int flags, ...) { REFUSE(path) return NEXT("open64")(path, flags, 0600); }
  int open64(const char *path, int flags, ...) { REFUSE(path) return NEXT("open64")(path, flags, 0600); }
  int openat(int at, const char *path, int flags, ...) { REFUSE(path) return NEXT("openat64")(at, path, flags, 0600); }
  """

/// Whatever else happens to a file while it is read: after the first part of one whose name begins
/// with `growing` a row is added, up to a hundred times, and one called `shrinking` loses all behind
/// its first hundred bytes.
private let movingFiles = """
  #define _GNU_SOURCE
  #include <dlfcn.h>
  #include <fcntl.h>
  #include <stdio.h>
  #include <string.h>
  #include <unistd.h>
  static void move(int file) {
    static int times;
    char link[64], path[4096] = {0};
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    if (readlink(link, path, sizeof path - 1) <= 0) return;
    if (strstr(path, "/shrinking")) truncate(path, 100);
    if (strstr(path, "/growing") && times++ < 100) {
      int more = open(path, O_WRONLY | O_APPEND);
      write(more, "a new row,positive\\n", 19);
      close(more);
    }
  }
  ssize_t read(int file, void *bytes, size_t count) {
    ssize_t got = ((ssize_t (*)(int, void *, size_t))dlsym(RTLD_NEXT, "read"))(file, bytes, count);
    move(file);
    return got;
  }
  ssize_t pread(int file, void *bytes, size_t count, off_t at) {
    ssize_t got = ((ssize_t (*)(int, void *, size_t, off_t))dlsym(RTLD_NEXT, "pread"))(file, bytes, count, at);
    move(file);
    return got;
  }
  ssize_t pread64(int file, void *bytes, size_t count, off_t at) { return pread(file, bytes, count, at); }
  """

private let fixtures = Program.packageFolder.appending(path: "Tests/Fixtures").path

/// Each option that reads a file, with the command that needs nothing else.
private let options: [(option: String, arguments: [String])] =
  [
    ("--input", ["predict"]), ("--input", ["explain", "--method", "saliency"]),
    ("--input", ["probe"]), ("--data", ["evaluate", "--no-cache"]),
    ("--model", ["predict", "x"]), ("--model", ["explain", "x"]), ("--model", ["probe", "x"]),
    ("--model", ["inspect"]), ("--model", ["bench"]),
    (
      "--model",
      ["evaluate", "--no-cache", "--data", "\(fixtures)/fastai-weights/beside/itos.json"]
    ),
    (
      "--against",
      ["evaluate", "--no-cache", "--data", "\(fixtures)/fastai-weights/beside/itos.json"]
    ),
    ("--vocab", ["predict", "x", "--model", "\(fixtures)/fastai-weights/beside/final.pth"]),
    (
      "--sentencepiece",
      ["predict", "x", "--model", "\(fixtures)/checkpoints/spaces-bidirectional.pkl"]
    ),
    ("", ["import", "--output", "/tmp/whylight-never-written"]),
  ]

@Suite(.enabled(if: Preload.isPossible)) struct `odd files` {
  /// An option of files that is new has to get its line above.
  @Test func `no option that reads a file is left out`() throws {
    let help = try Program.run("--experimental-dump-help")
    let written = ["--output", "--rows", "--log"]
    // the explorer has tests of its own
    let shown = ["--theme"]
    let known = Set(options.map(\.option) + written + shown)
    var found: Set<String> = []
    func walk(_ json: JSON) {
      switch json {
      case .array(let items): for item in items { walk(item) }
      case .object(let members):
        if case .string(let value)? = json["valueName"],
          ["file", "model", "theme"].contains(value),
          case .string(let name)? = json["preferredName"]?["name"]
        {
          found.insert("--" + name)
        }
        for member in members { walk(member.value) }
      default: break
      }
    }
    walk(try JSON(Array(help.output.utf8)))
    #expect(found.count >= 9)
    #expect(found.isSubset(of: known), "\(found.subtracting(known))")
  }

  @Test(arguments: OddFile.allCases)
  private func `each is one line and status 2, for each option, and nothing hangs`(
    _ odd: OddFile
  ) throws {
    let folder = try TemporaryFolder()
    let path = try odd.make(in: folder)
    let library = try Preload(noPermission, in: folder).path
    for (option, arguments) in options {
      let named = (option.isEmpty ? [] : [option]) + [path]
      let status = try spawn(
        "timeout", ["100", Program.path] + arguments + named,
        environment: ProcessInfo.processInfo.environment.merging(["LD_PRELOAD": library]) { $1 },
        output: folder.file("output"), error: folder.file("error"))
      let error = try String(contentsOfFile: folder.file("error"), encoding: .utf8)
      let output = try String(contentsOfFile: folder.file("output"), encoding: .utf8)
      let call = (arguments + named).joined(separator: " ")
      #expect(status == 2 && output.isEmpty, "\(call): \(status) \(error)")
      #expect(error.split(separator: "\n").count == 1 && !isSwift(error), "\(call): \(error)")
    }
  }

  @Test func `a pipe that somebody writes to is read, also where that begins late`() throws {
    let folder = try TemporaryFolder()
    let pipe = try OddFile.pipe.make(in: folder)
    let calls = [
      "\"$0\" predict --input <(echo 'a brilliant film')",
      "(echo 'a brilliant film' > '\(pipe)') & \"$0\" predict --data-format txt --input '\(pipe)'",
      "(exec 3> '\(pipe)'; \"$0\" predict x > '\(folder.file("late"))'; echo 'a brilliant film' >&3)"
        + " & \"$0\" predict --data-format txt --input '\(pipe)'",
    ]
    for call in calls {
      let status = try spawn(
        "bash", ["-c", call, Program.path], environment: ProcessInfo.processInfo.environment,
        output: folder.file("output"), error: folder.file("error"))
      let error = try String(contentsOfFile: folder.file("error"), encoding: .utf8)
      let output = try String(contentsOfFile: folder.file("output"), encoding: .utf8)
      #expect(status == 0 && output.contains("a brilliant film"), "\(call): \(output)\(error)")
    }
  }

  @Test(arguments: ["growing", "shrinking"])
  func `a table that changes while it is read gives the rows that were there`(name: String) throws {
    let folder = try TemporaryFolder()
    let rows = (0..<1000).map { "row \($0) is a brilliant film,positive\n" }.joined()
    let environment = ["LD_PRELOAD": try Preload(movingFiles, in: folder).path]
    for command in [
      ["evaluate", "--no-cache", "--json", "--data"], ["predict", "--json", "--input"],
    ] {
      let table = folder.file(name + ".csv")
      try Data(("text,label\n" + rows).utf8).write(to: URL(filePath: table))
      let result = try Program.run(command + [table], environment: environment)
      // The last row of one that shrinks may be half a row.
      #expect([0, 1].contains(result.status), "\(result.error)")
      #expect(!isSwift(result.error) && result.error.split(separator: "\n").count <= 1)
      let output = result.output
      #expect(output.contains(command[0] == "predict" ? "row 0 is" : "\"accuracy\""), "\(output)")
    }
  }

  @Test(arguments: ["growing", "shrinking"])
  func `a model that changes while it is read is opened as it was, or one line`(name: String) throws
  {
    let folder = try TemporaryFolder()
    let environment = ["LD_PRELOAD": try Preload(movingFiles, in: folder).path]
    let models = [
      "parity/transformers/bert", "checkpoints/spaces-bidirectional.pkl",
      "fastai-weights/beside/final.pth",
    ]
    for model in models {
      let copy = folder.file(name + "-" + (model as NSString).lastPathComponent)
      try FileManager.default.copyItem(atPath: "\(fixtures)/\(model)", toPath: copy)
      let vocabulary =
        model.hasSuffix("pth") ? ["--vocab", "\(fixtures)/fastai-weights/beside/itos.json"] : []
      let result = try Program.run(
        ["predict", "--model", copy, "a good film"] + vocabulary, environment: environment)
      if name == "growing" {
        #expect([0, 2].contains(result.status), "\(model): \(result.error)")
      } else {
        #expect(result.status == 2 && result.output.isEmpty, "\(model): \(result.error)")
      }
      #expect(result.error.split(separator: "\n").filter { !$0.contains("note: ") }.count <= 1)
      #expect(!isSwift(result.error), "\(result.error)")
    }
  }
}

@Suite struct `odd files in the explorer` {
  // What may not be read is told by the same sentence as what is missing.
  @Test(arguments: OddFile.allCases.filter { $0 != .unreadable })
  private func `as theme, data set and model they are told, and the explorer stays usable`(
    _ odd: OddFile
  ) throws {
    let terminal = try Terminal()
    let folder = try TemporaryFolder()
    let path = try odd.make(in: folder)
    for option in ["--theme", "--data", "--model"] {
      // Idle, it has cleared the command, which names the file too, from the screen.
      try terminal.explore("--fresh \(option) '\(path)' 'a brilliant film'")
      try terminal.wait("a word on it") {
        let text = try terminal.text
        return text.contains("whylight-tests-") || text.contains("/dev/")
          || text.contains("the file has no rows")
      }
      try terminal.shellAfterLeaving { try terminal.tmux("send-keys", "C-q") }
    }
  }
}
