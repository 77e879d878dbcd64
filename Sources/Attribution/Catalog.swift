/// All explainers, in the order of menus. A new one is a file in `Explainers/` and a line here.
public enum Catalog {
  public static let explainers: [any Explainer] = [
    IntegratedGradients(),
    Saliency(),
    InputXGradient(),
    Occlusion(),
    GradCAM(),
    IntrinsicAttention(),
    RandomControl(),
  ]

  public static func explainer(named name: String) -> (any Explainer)? {
    explainers.first { $0.card.name == name }
  }
}
