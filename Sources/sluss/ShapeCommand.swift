extension Subcommand {
  static let shape = Subcommand(
    name: "shape",
    summary: "Drafts a shape from example documents or from an XML schema.",
    usage: "infer FILE… | import FILE.xsd [--root ELEMENT] [--name SYSTEM/NAME]",
    text: """
      Prints the draft of a NAME.shape.yaml to start from; remarks in it say what to look at.

        infer FILE…      from examples in JSON, XML or CSV: what stands in all of them is required, and a value's type is the
                         narrowest that all its values have
        import FILE.xsd  from an XML schema; the files that it includes and imports lie where it says. The draft reads the
                         documents that the schema allows. A schema with several elements needs --root.

        sluss shape infer --name clinic/booking bookings/*.json > Mappings/clinic/booking.shape.yaml
        sluss shape import GetCareContactsResponder_3.0.xsd --root GetCareContactsResponse \\
          --name npo/care-contacts > Mappings/npo/care-contacts.shape.yaml
      """,
    options: [
      Option("--name", "SYSTEM/NAME", "the shape's name, its path in the folder of mappings"),
      Option("--root", "ELEMENT", "import: the root element"),
    ],
    run: { arguments in
      switch arguments.words.first {
      case "infer": return try inferShape(arguments)
      case "import": return try importShape(arguments)
      default:
        throw UsageError(message: "say what to draft from: `infer` examples or `import` an XML schema.")
      }
    })
}
