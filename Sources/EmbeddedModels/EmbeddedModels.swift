/// The models that come with the program.
public enum EmbeddedModels {
  public static let names = ["sentiment"]
}
