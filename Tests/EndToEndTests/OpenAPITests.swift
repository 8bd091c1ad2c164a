import PureSupport
import TestSupport
import Testing

@Suite struct OpenAPITests {
    @Test func `the OpenAPI document is valid by an independent validator`() throws {
        let script = """
            import sys
            from openapi_spec_validator import OpenAPIV31SpecValidator
            from openapi_spec_validator.readers import read_from_filename
            document, _ = read_from_filename(sys.argv[1])
            for error in OpenAPIV31SpecValidator(document).iter_errors():
                print(list(error.absolute_path), error.message[:200])
            """
        let path = Repository.root + "/Sources/Server/Documents/openapi.yaml"
        let printed = try OtherProgram.run(OtherProgram.python, ["-c", script, path])
        #expect(printed.isEmpty, "\(String(decoding: printed, as: UTF8.self))")
    }
}
