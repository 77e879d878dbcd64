import Checkpoints
import Tensors
import Testing

struct NamedTensorsTests {
  let tensors = NamedTensors([
    "bias": .init(shape: [2], values: [5, 6]),
    "weight": .init(shape: [2, 3], values: [1, 2, 3, 4, 5, 6]),
    "hollow": .init(shape: [2], values: []),
  ])

  @Test func `a tensor comes in the shape that was asked for`() throws {
    #expect(try tensors.vector("bias", count: 2) == [5, 6])
    let weight = try tensors.matrix("weight", rows: 2, columns: 3)
    #expect(weight[1, 0] == 4)
    #expect(tensors.names == ["bias", "hollow", "weight"])
    #expect(tensors.shape(of: "weight") == [2, 3])
    #expect(tensors.shape(of: "none") == nil)
  }

  @Test func `a tensor that is not there is named`() {
    #expect(throws: CheckpointError.missingTensor(name: "none")) {
      try tensors.vector("none", count: 2)
    }
  }

  @Test func `a tensor of another shape is refused with both shapes`() {
    #expect(throws: CheckpointError.wrongShape(tensor: "weight", expected: [3, 2], found: [2, 3])) {
      try tensors.matrix("weight", rows: 3, columns: 2)
    }
    #expect(throws: CheckpointError.wrongShape(tensor: "weight", expected: [6], found: [2, 3])) {
      try tensors.vector("weight", count: 6)
    }
    #expect(throws: CheckpointError.wrongShape(tensor: "hollow", expected: [2], found: [2])) {
      try tensors.vector("hollow", count: 2)
    }
  }
}
