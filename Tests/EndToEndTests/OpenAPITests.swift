import Foundation
import PureSupport
import TestSupport
import Testing
import Values

@Suite struct OpenAPITests {
    private static let document = Repository.root + "/Sources/Server/Documents/openapi.yaml"
    private static let folder = Repository.root + "/Fixtures/openapi/"

    @Test func `the OpenAPI document is valid by an independent validator`() throws {
        let script = """
            import sys
            from openapi_spec_validator import OpenAPIV31SpecValidator
            from openapi_spec_validator.readers import read_from_filename
            document, _ = read_from_filename(sys.argv[1])
            for error in OpenAPIV31SpecValidator(document).iter_errors():
                print(list(error.absolute_path), error.message[:200])
            """
        let printed = try OtherProgram.run(OtherProgram.python, ["-c", script, Self.document])
        #expect(printed.isEmpty, "\(String(decoding: printed, as: UTF8.self))")
    }

    @Test func `the document as JSON, and its examples of signatures, are what people write`() throws {
        let json = try OtherProgram.run(OtherProgram.python, [Self.folder + "to_json.py", Self.document])
        let differences = try Golden.differences(
            String(decoding: json, as: UTF8.self),
            from: "Sources/Server/Documents/openapi.json"
        )
        #expect(differences.isEmpty, "openapi.json is older than openapi.yaml: UPDATE_GOLDEN=1 writes it again")
        let page = try String(contentsOfFile: Repository.root + "/docs/http-api.md", encoding: .utf8)
        let start = try #require(page.range(of: "### What is signed, by example"))
        let end = try #require(page.range(of: "\n## ", range: start.upperBound..<page.endIndex))
        let examples = String(page[start.lowerBound..<end.lowerBound]) + "\n"
        let path = "Sources/Server/Documents/signing-examples.md"
        #expect(try Golden.differences(examples, from: path).isEmpty)
    }

    @Test func `a client made of the document by a generator asks, reads, lists and is refused`() async throws {
        try await LiveServer.with { server in
            let printed = try await OtherProgram.runAside(
                OtherProgram.python,
                [
                    Self.folder + "use_client.py", Self.document, Self.folder + "client.yaml", server.baseURL,
                    try await server.key(.portal),
                ]
            )
            #expect(printed.isEmpty, "\(String(decoding: printed, as: UTF8.self))")
        }
    }
}
