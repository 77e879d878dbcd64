import Checkpoints

/// The readers of files that others made, each over a whole file in memory.
enum Reader: String, CaseIterable {
  case pickle, zip, export, safetensors

  /// Reads as far as a program would. A refusal is an answer; anything else that ends the process is
  /// what the fuzzer looks for.
  func read(_ bytes: [UInt8]) {
    do {
      switch self {
      case .pickle: _ = try Pickle(bytes)
      case .zip: _ = try ZipArchive(ByteSource(bytes))
      case .export: try load(try FastaiExport.read(ByteSource(bytes)).tensors)
      case .safetensors: try load(try Safetensors.tensors(in: ByteSource(bytes)))
      }
    } catch {
      // A refusal must be one of ours, with facts in it.
      precondition(error is CheckpointError, "\(self) threw \(error)")
    }
  }

  private func load(_ tensors: NamedTensors) throws {
    for name in tensors.names {
      let shape = tensors.shape(of: name) ?? []
      switch shape.count {
      case 1: _ = try tensors.vector(name, count: shape[0])
      case 2: _ = try tensors.matrix(name, rows: shape[0], columns: shape[1])
      default: continue
      }
    }
  }
}
