import Explorer
import TerminalUI
import Testing

@Test func `every key of the program can be written as it is read`() {
  for binding in Keymap.standard.bindings {
    for key in binding.keys { #expect(Key(named: key.name) == key, "\(key.name)") }
  }
  #expect(Key(named: "CTRL-x") == Key(.character("x"), .control))
  #expect(Key(named: "x") != Key(named: "X"))
  for name in ["", "ctrl-", "f13", "nokey", "hyper-x"] {
    #expect(Key(named: name) == nil, "\(name)")
  }
}

@Test func `a user's key replaces the program's`() {
  let catalog = LayerCatalog.standard.with(keys: ["trajectory": [Key(.function(6))]])
  var stage = Stage("a brilliant film", catalog: catalog)
  stage.answer()
  stage.press(.escape)
  stage.press(.function(6))
  stage.answer()
  #expect(stage.state.explore.focus == .findings)
  #expect(stage.screen.contains("F6 Trajectory"))
}

@Test func `a key that has another meaning there is detected`() {
  let keymap = LayerCatalog.standard.with(keys: ["trajectory": [Key(.character("f"))]]).keymap
  #expect(keymap.rival(of: Key(.character("f")), named: "trajectory")?.name == "flips")
  #expect(keymap.rival(of: Key(.function(9)), named: "trajectory") == nil)
  // A key that works only elsewhere is no conflict.
  let compare = LayerCatalog.standard.with(keys: ["columns": [Key(.character("f"))]]).keymap
  #expect(compare.rival(of: Key(.character("f")), named: "columns") == nil)
}
