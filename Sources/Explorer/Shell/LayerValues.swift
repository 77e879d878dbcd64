/// The screens' own data: one value of each layer's type.
struct LayerValues: Sendable {
  /// A reference to a value, which is read without a copy and replaced when the value changes.
  private final class Box<Value: Sendable>: Sendable {
    let value: Value

    init(_ value: Value) { self.value = value }
  }

  private var boxes: [Screen: any Sendable & AnyObject] = [:]

  init(_ layers: [any ScreenLayer.Type]) {
    func add<Layer: ScreenLayer>(_ layer: Layer.Type) { boxes[Layer.screen] = Box(Layer()) }
    for layer in layers { add(layer) }
  }

  subscript<Layer: ScreenLayer>(layer: Layer.Type) -> Layer {
    _read {
      if let box = boxes[Layer.screen] as? Box<Layer> { yield box.value } else { yield Layer() }
    }
    _modify {
      var value = (boxes.removeValue(forKey: Layer.screen) as? Box<Layer>)?.value ?? Layer()
      defer { boxes[Layer.screen] = Box(value) }
      yield &value
    }
  }
}
