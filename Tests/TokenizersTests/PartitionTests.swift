import Testing
import Tokenizers

@Suite struct `the partitioning index` {
  @Test(arguments: 0...9) func `is where the second part begins`(count: Int) {
    for first in 0...count {
      #expect((0..<count).partitioningIndex { $0 >= first } == first)
    }
  }

  @Test func `is an index of the collection, not a distance`() {
    let slice = [1, 2, 3, 5, 8][1...]
    #expect(slice.partitioningIndex { $0 > 3 } == 3)
    #expect(slice.partitioningIndex { _ in false } == slice.endIndex)
  }
}
