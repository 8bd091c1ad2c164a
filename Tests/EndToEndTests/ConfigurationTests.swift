import Foundation
import TestSupport
import Testing

/// What the program is told by the environment and its configuration file.
@Suite struct ConfigurationTests {
    @Test func `configuration that is wrong is refused at the start`() throws {
        for (environment, told) in [
            (["KHOP_LOG_LEVEL": "verbose"], "KHOP_LOG_LEVEL: must be one of trace, debug, info"),
            (["KHOP_PUBLIC_URL": "pay.phutho.gov.vn"], "KHOP_PUBLIC_URL: pay.phutho.gov.vn is not a whole address"),
            (["KHOP_PUBLIC_URL": "http://pay.phutho.gov.vn"], "http://pay.phutho.gov.vn is without TLS"),
            (["KHOP_PUBLIC_URL": "https://a@pay.phutho.gov.vn"], "is not a whole address"),
            (["KHOP_TRUSTED_PROXIES": "127.0.0.1, 10.0.0.1/8"], "KHOP_TRUSTED_PROXIES: “10.0.0.1/8” is neither"),
            (["KHOP_EVENT_NETWORKS": "intranet"], "KHOP_EVENT_NETWORKS: “intranet” is neither"),
            (["KHOP_EVENT_LOOPBACK": "yes"], "KHOP_EVENT_LOOPBACK: must be one of true, false"),
            // Nobody asked for English.
            (["KHOP_LANG": "fr"], "KHOP_LANG: phải là một trong các giá trị: vi, en"),
            (
                ["KHOP_GRACE_SECOND": "5"],
                "KHOP_GRACE_SECOND: nothing is configured by this name; did you mean KHOP_GRACE_SECONDS?"
            ),
            (["KHOP_BANANA": "5"], "KHOP_BANANA: nothing is configured by this name; `khop --help`"),
            (["KHOP_OIDC_ISSUER": "http://sso.phutho.gov.vn"], "KHOP_OIDC_ISSUER: must be the https://… address"),
            (["KHOP_OIDC_ISSUER": "https://sso.phutho.gov.vn?x=1"], "KHOP_OIDC_ISSUER: must be the https://… address"),
            (["KHOP_OIDC_ISSUER": "https://sso.phutho.gov.vn"], "KHOP_OIDC_CLIENT_ID: the id that the provider"),
            (["KHOP_OIDC_CLIENT_ID": "khop"], "KHOP_OIDC_ISSUER: the address of the provider is needed"),
            (
                [
                    "KHOP_OIDC_ISSUER": "https://sso.phutho.gov.vn", "KHOP_OIDC_CLIENT_ID": "khop",
                    "KHOP_OIDC_CLIENT_SECRET_FILE": "/nonexistent",
                ], "KHOP_OIDC_CLIENT_SECRET_FILE: "
            ),
            (
                [
                    "KHOP_OIDC_ISSUER": "https://sso.phutho.gov.vn", "KHOP_OIDC_CLIENT_ID": "khop",
                    "KHOP_OIDC_CLIENT_SECRET": "a", "KHOP_OIDC_CLIENT_SECRET_FILE": "/nonexistent",
                ], "KHOP_OIDC_CLIENT_SECRET: set one of"
            ),
            (["KHOP_NIGHT": "22-6"], "KHOP_NIGHT: must be such as 22:00-06:00, or none"),
            (["KHOP_PORT": "99999"], "KHOP_PORT: must be a whole number from 0 to 65535"),
        ] {
            let refused = try KhopProgram().run(["case", "list"], environment)
            #expect(refused.status == 2 && refused.errors.contains(told), "\(environment): \(refused.errors)")
        }
    }

    @Test func `a server that the network reaches needs an address with TLS`() throws {
        for arguments in [["serve", "--allow-root", "--host", "0.0.0.0"], ["serve", "--allow-root"]] {
            let refused = try KhopProgram().run(arguments, ["KHOP_HOST": "0.0.0.0"])
            #expect(
                refused.status == 2 && refused.errors.contains("KHOP_PUBLIC_URL: http://0.0.0.0:8080 is without TLS")
            )
        }
    }

    @Test func `a misspelt name in the configuration file is refused, too`() throws {
        let path = FileManager.default.temporaryDirectory.path + "/khop-\(UUID().uuidString).env"
        try "# khop\nKHOP_PORT=8081\nKHOP_PUBLIC_ULR=http://x\n".write(toFile: path, atomically: true, encoding: .utf8)
        defer { unlink(path) }
        let refused = try KhopProgram().run(["case", "list"], ["KHOP_CONFIG_FILE": path])
        #expect(refused.status == 2 && refused.errors.contains("did you mean KHOP_PUBLIC_URL?"), "\(refused.errors)")
    }
}
