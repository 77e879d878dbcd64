internal import Tensors

extension NamedTensors {
  /// Without PyTorch's training counters and without fastai's second copies: the embedding under
  /// its dropout's name, and recurrent weights with weight dropout beside the originals.
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

  /// The tensors of real numbers, sorted by name, as stored in their files.
  var writable: [(name: String, tensor: WritableTensor)] {
    names.compactMap { name in
      switch contents[name] {
      case .stored(let tensor): WritableTensor(tensor).map { (name, $0) }
      case .loaded(let entry):
        (name, WritableTensor(shape: entry.shape) { entry.values })
      case .derived(let tensor):
        (name, WritableTensor(shape: tensor.shape) { try tensor.values(nil) })
      case nil: nil
      }
    }
  }
}
