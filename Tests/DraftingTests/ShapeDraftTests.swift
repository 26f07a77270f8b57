import Drafting
import Mapping
import Testing

struct ShapeDraftTests {
  @Test("A draft's text is a shape that the language reads")
  func readable() throws {
    var draft = ShapeDraft(name: "clinic/booking", format: "json")
    draft.title = "Bookings: those of #1"
    draft.fields = [
      FieldDraft("number", .one, .type("string")),
      FieldDraft("codes", .any, .type("code(a, b)")),
      FieldDraft("person", .optional, .fields([FieldDraft("name", .one, .type("text"))])),
    ]
    let file = ConfigurationFile(path: "clinic/booking.shape.yaml", name: draft.name, text: draft.text)
    #expect(try MappingLibrary([file]).shapeCount == 1)
  }
}
