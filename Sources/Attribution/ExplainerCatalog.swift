/// All explainers, in the order of menus. A new one is a file in `Explainers/` and a line here.
public enum ExplainerCatalog {
  public static let explainers: [any Explainer] = [
    IntegratedGradients(),
    Saliency(),
    InputXGradient(),
    SmoothGrad(),
    SmoothGradSquared(),
    VarGrad(),
    ExpectedGradients(),
    DeepLIFT(),
    LRP(),
    Occlusion(),
    FeatureAblation(),
    ExactShapley(),
    ShapleySampling(),
    KernelSHAP(),
    LIME(),
    PartitionSHAP(),
    GradCAM(),
    HiResCAM(),
    LayerConductance(),
    ContextualDecomposition(),
    AttentionWeights(),
    AttentionRollout(),
    AttentionRelevance(),
    ValueZeroing(),
    IntrinsicAttention(),
    RandomControl(),
  ]

  /// All settings of the explainers, each once.
  public static let settings = ExplainerSetting.all(of: explainers.map(\.card))

  public static func explainer(named name: String) -> (any Explainer)? {
    explainers.first { $0.card.name == name }
  }
}
