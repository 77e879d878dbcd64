import Datasets
import Foundation
import Glibc
import Testing

private func rights(_ path: String) -> UInt32? {
  var facts = stat()
  return unsafe stat(path, &facts) == 0 ? facts.st_mode & 0o777 : nil
}

struct PrivateFilesTests {
  @Test func `the files of a store are their owner's alone, also those of earlier versions`() throws
  {
    let home = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: home) }
    let folder = home.appending(path: "state").path
    let path = folder + "/notes.sqlite"
    for round in 0..<2 {
      let store = ContentStore(path: path, schema: .notes)
      #expect(StoredNotes(store).keep([(text: "x", entry: .init(note: "mine"))]))
      #expect(rights(folder) == 0o700)
      // A store that is closed takes its log away.
      withExtendedLifetime(store) {
        for ending in ["", "-wal", "-shm"] { #expect(rights(path + ending) == 0o600, "\(ending)") }
      }
      guard round == 0 else { break }
      _ = unsafe chmod(folder, 0o755)
      for ending in ["", "-wal", "-shm"] { _ = unsafe chmod(path + ending, 0o644) }
    }
  }

  @Test func `notes outlive a power cut, and predictions need not`() {
    #expect(StoreSchema.notes.synchronous == "FULL")
    #expect(StoreSchema.predictions.synchronous == "NORMAL")
  }
}
