import Checkpoints
import EmbeddedModels
import Testing

struct EmbeddedModelsTests {
  @Test(arguments: EmbeddedModels.names)
  func `an embedded model is complete and has checks`(name: String) throws {
    let files = try #require(EmbeddedModels.files(of: name))
    let saved = try ModelFolder.read(files)
    #expect(saved.name == name)
    #expect(saved.classes.count >= 2)
    #expect(saved.selfChecks.count >= 10)
    let size = saved.tokenizer.vocabulary.count
    #expect(saved.tensors.shape(of: "0.module.encoder.weight")?.first == size)
  }

  @Test func `the default comes first and other names give nothing`() {
    #expect(EmbeddedModels.names.first == "sentiment")
    #expect(EmbeddedModels.files(of: "none") == nil)
  }
}
