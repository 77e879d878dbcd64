import TerminalUI
import Testing

@Suite struct ListScrollTests {
  @Test func `the selection stays in sight`() {
    var list = ListScroll()
    list.move(by: 4, count: 10, rows: 3)
    #expect(list.selection == 4 && list.visible(count: 10, rows: 3) == 2..<5)
    list.move(by: -1, count: 10, rows: 3)
    #expect(list.visible(count: 10, rows: 3) == 2..<5)
    list.select(0, count: 10, rows: 3)
    #expect(list.visible(count: 10, rows: 3) == 0..<3)
    list.move(by: .max, count: 10, rows: 3)
    #expect(list.selection == 9 && list.visible(count: 10, rows: 3) == 7..<10)
    list.move(by: .min, count: 10, rows: 3)
    #expect(list.selection == 0)
  }

  @Test func `by halves a list scrolls once in many steps`() {
    var list = ListScroll()
    var firsts: [Int] = []
    for item in 0..<12 {
      list.selectByHalves(item, count: 12, rows: 4)
      #expect(list.selection == item && list.visible(count: 12, rows: 4).contains(item))
      firsts.append(list.first)
    }
    #expect(firsts == [0, 0, 0, 0, 2, 2, 4, 4, 6, 6, 8, 8])
    for item in (0..<8).reversed() { list.selectByHalves(item, count: 12, rows: 4) }
    #expect(list.selection == 0 && list.first == 0)
  }

  @Test func `a list that became shorter still shows its end`() {
    var list = ListScroll()
    list.select(9, count: 10, rows: 3)
    #expect(list.visible(count: 4, rows: 3) == 1..<4)
    #expect(list.visible(count: 0, rows: 3).isEmpty)
    #expect(list.visible(count: 4, rows: 0).isEmpty)
    list.move(by: 1, count: 0, rows: 3)
    #expect(list.selection == 0)
  }

  @Test func `cycling goes round and a click finds its item`() {
    var list = ListScroll(selection: 2)
    list.cycle(by: 1, count: 3, rows: 3)
    #expect(list.selection == 0)
    list.cycle(by: -1, count: 3, rows: 2)
    #expect(list.selection == 2)
    #expect(list.item(atRow: 0, count: 3, rows: 2) == 1)
    #expect(list.item(atRow: 2, count: 3, rows: 2) == nil)
    list.cycle(by: 1, count: 0, rows: 2)
    #expect(list.selection == 2)
  }
}
