import Diagnostics
import Foundation
import Gateway

extension Subcommand {
  static let schema = Subcommand(
    name: "schema",
    summary: "Prints the JSON Schemas of the file kinds, for editors.",
    usage: "KIND | --write DIR",
    text: """
      Prints the schema of one kind of file, or writes all of them into DIR as KIND.schema.json. Editors with the YAML language
      server complete and check files by them; Visual Studio Code with the YAML extension in its settings:

        "yaml.schemas": {
          "schemas/shape.schema.json": "*.shape.yaml",
          "schemas/mapping.schema.json": "*.map.yaml",
          "schemas/case.schema.json": "case.yaml",
          "schemas/routes.schema.json": "routes.yaml",
          "schemas/store.schema.json": "store.yaml",
          "schemas/billing.schema.json": "billing/rules.yaml",
          "schemas/exports.schema.json": "billing/exports.yaml",
          "schemas/booking.schema.json": "booking.yaml",
          "schemas/rivta.schema.json": "rivta.yaml",
          "schemas/gateway.schema.json": "sluss.yaml"
        }

      A file may also name its own in its first line: # yaml-language-server: $schema=../schemas/shape.schema.json

        sluss schema shape
        sluss schema --write schemas
      """,
    options: [Option("--write", "DIR", "write all schemas into this folder")],
    run: { arguments in
      switch (arguments.words.first, arguments["--write"]) {
      case (let word?, nil): Console.put(try schema(word).bytes)
      case (nil, let folder?): try write(to: folder)
      default: throw UsageError(message: "a kind is needed (\(kinds)), or `--write DIR`.")
      }
      return 0
    })

  private static let kinds = FileSchema.allCases.map(\.rawValue).joined(separator: ", ")

  private static func schema(_ word: String) throws -> FileSchema {
    guard let schema = FileSchema(rawValue: word) else {
      throw UsageError(message: "there is no kind `\(word)`, only \(kinds).")
    }
    return schema
  }

  private static func write(to folder: String) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for schema in FileSchema.allCases {
      let path = "\(folder)/\(schema.rawValue).schema.json"
      try Data(schema.bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
      print(path)
    }
  }
}
