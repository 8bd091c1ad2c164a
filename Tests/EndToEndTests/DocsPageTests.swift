import BankCallbacks
import Foundation
import PureSupport
import TestSupport
import Testing
import Values

@testable import Server

/// The description of the API as pages.
@Suite struct DocsPageTests {
    @Test func `every address and event has its place, in both languages, without a key and without scripts`()
        async throws
    {
        try await LiveServer.with { server in
            let document = try await server.send("GET", "/openapi.json").json
            let tags = (document["tags"]?.array ?? []).compactMap { $0["name"]?.string }
            #expect(tags.count >= 7)
            for language in Language.allCases {
                func open(_ path: String) async throws -> LiveServer.Answer {
                    let page = try await server.send("GET", path + "?lang=\(language.rawValue)")
                    #expect(page.status == 200 && page.headers["content-language"] == language.rawValue, "\(path)")
                    #expect(
                        page.text.contains("<html lang=\"\(language.rawValue)\">") && !page.text.contains("<script")
                    )
                    #expect(page.headers["content-security-policy"] != nil, "\(path)")
                    return page
                }
                let first = try await open("/docs")
                for tag in tags { #expect(first.text.contains("href=\"/docs/\(tag)\""), "\(tag)") }
                var pages = ""
                for tag in tags { pages += try await open("/docs/" + tag).text }
                for path in document["paths"]?.members ?? [] {
                    for method in path.value.members ?? [] where method.name != "parameters" {
                        let place = "<span class=\"code\">\(method.name.uppercased()) \(path.name)</span></h2>"
                        #expect(pages.contains(place), "\(place)")
                        // Nobody reads the other language's sentence.
                        let sentence = method.value[language == .vietnamese ? "x-vi" : "summary"]?.string
                        #expect(sentence != nil && method.value["operationId"]?.string != nil, "\(path.name)")
                    }
                }
                for event in document["webhooks"]?.members ?? [] {
                    #expect(pages.contains("EVENT \(event.name)</span></h2>"), "\(event.name)")
                }
                #expect(pages.contains("payer.evidence.kind") && pages.contains("lines[].applied[].benefit"))
            }
            #expect(try await server.send("GET", "/docs/nix").status == 404)
        }
    }

    @Test func `each profile has an example that is taken, with the text that it signs`() async throws {
        for language in Language.allCases {
            let examples = try SigningExamples.all(in: language)
            // An example of VietinBank would hold a private key.
            let all = Set(CallbackProfile.allCases.map(\.rawValue)).subtracting(["vietinbank"])
            #expect(Set(examples.map(\.profile)) == all && examples.count == all.count)
            for example in examples {
                #expect(example.signed?.isEmpty == false && !example.how.isEmpty, "\(example.profile)")
                #expect(!example.fields.isEmpty, "\(example.profile)")
            }
        }
        try await LiveServer.with { server in
            let page = try await server.send("GET", "/docs/signing?lang=en")
            #expect(page.status == 200 && page.text.contains("id=\"9pay\"") && page.text.contains("id=\"rfc9421\""))
        }
    }
}
