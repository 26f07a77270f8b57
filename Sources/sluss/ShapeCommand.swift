extension Subcommand {
  static let shape = Subcommand(
    name: "shape",
    summary: "Drafts a shape from an XML schema.",
    usage: "import FILE.xsd [--root ELEMENT] [--name SYSTEM/NAME]",
    text: """
      Prints a shape file to start from; remarks in it say what to look at.

      import: FILE.xsd is an XML schema, the files that it includes and imports lie where it says. The draft reads the
      documents that the schema allows. A schema with several elements needs --root.

        sluss shape import GetCareContactsResponder_3.0.xsd --root GetCareContactsResponse \\
          --name npo/care-contacts > Mappings/npo/care-contacts.shape.yaml
      """,
    options: [
      Option("--name", "SYSTEM/NAME", "the shape's name, where it will lie in the mappings' folder"),
      Option("--root", "ELEMENT", "import: the root element"),
    ],
    run: { arguments in
      switch arguments.words.first {
      case "import": return try importShape(arguments)
      default: throw UsageError(message: "say what to draft from: `import` with an XML schema.")
      }
    })
}
