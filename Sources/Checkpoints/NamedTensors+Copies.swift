internal import Tensors

extension NamedTensors {
  /// Without what PyTorch counts while it trains, and what fastai stores a second time: the embedding
  /// under its drop-out's name, and recurrent weights with holes beside their originals.
  public var withoutCopies: NamedTensors {
    NamedTensors(
      names.filter { !isCopy($0) && !$0.hasSuffix("num_batches_tracked") }
        .map { (name: $0, from: self, as: $0) })
  }

  private func isCopy(_ name: String) -> Bool {
    guard !name.contains("encoder_dp.") else { return true }
    let raw = name.replacing(".module.weight_hh_l0", with: ".weight_hh_l0") + "_raw"
    return name.contains("rnns.") && raw != name + "_raw" && shape(of: raw) != nil
  }

  /// The tensors of real numbers, sorted by name, as they lie in their files.
  var writable: [(name: String, tensor: WritableTensor)] {
    names.compactMap { name in
      switch contents[name] {
      case .stored(let tensor):
        guard case .real(let format) = tensor.numbers else { return nil }
        return (
          name,
          WritableTensor(tensor: tensor, format: format)
        )
      case .loaded(let entry):
        let bytes = entry.values.flatMap { value in
          (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * $0)) }
        }
        return (
          name,
          WritableTensor(
            tensor: StoredTensor(
              shape: entry.shape, numbers: .real(.float32), source: ByteSource(bytes),
              bytes: 0..<bytes.count), format: .float32)
        )
      case nil: return nil
      }
    }
  }
}
