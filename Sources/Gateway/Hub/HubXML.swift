import Formats
import Mapping

extension FHIRModel {
  /// The hub's shapes as FHIR's XML needs them.
  init(_ shapes: ShapeLibrary) {
    let resources = shapes.resourceTypes.compactMap { name in
      shapes.resource(name).map { (name, $0.root) }
    }
    self.init(
      types: shapes.types.map { $0.fields.map { Field($0, shapes) } },
      resources: Dictionary(resources) { first, _ in first },
      extensionType: shapes.types.firstIndex { $0.name == "Extension" && $0.shape == "hub/types" })
  }
}

extension FHIRModel.Field {
  fileprivate init(_ field: Field, _ shapes: ShapeLibrary) {
    self.init(name: field.name, content: Self.content(field, shapes), repeats: field.cardinality.repeats)
  }

  private static func content(_ field: Field, _ shapes: ShapeLibrary) -> FHIRModel.Content {
    switch field.content {
    case .object(let type): .object(type)
    case .value(let type):
      switch shapes.typeName(of: field) {
      case "Resource": .resource
      case "xhtml": .markup
      default: .value(type.jsonKind)
      }
    }
  }
}
