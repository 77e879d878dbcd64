/// What others saved, read safely.
public enum CheckpointError: Error, Sendable, Equatable {
  case missingTensor(name: String)
  case wrongShape(tensor: String, expected: [Int], found: [Int])
}
