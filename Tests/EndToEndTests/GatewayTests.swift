import Casework
import Collection
import Foundation
import Server
import TestSupport
import Testing
import Values

/// Messages by SMS and Zalo through a gateway that answers, errs, is late, or never answers.
@Suite(.serialized) struct GatewayTests {
    private static func message(_ last: String, kind: MessageKind = .paid) -> ComposedMessage {
        ComposedMessage(
            id: 5,
            kind: kind,
            channel: .zalo,
            language: .vietnamese,
            address: "+8491234567" + last,
            subject: "x",
            text: "y",
            short: "da nhan \"10.000 dong\"",
            unsubscribeURL: "https://pay.example.vn/unsubscribe/1",
            fields: ["reference": "RF18539007547034", "amount": "10.000 ₫\", \"x\": \"{{secret}}", "link": "https://x"]
        )
    }

    private static func declared(_ port: Int) -> JSON {
        [
            "url": .string("http://127.0.0.1:\(port)/message/template"), "headers": ["access_token": "{{secret}}"],
            "secret_file": "/etc/khop/zalo.token",
            "body": [
                "phone": "{{phone84}}", "template_id": "{{template}}", "tracking_id": "{{key}}",
                "template_data": ["ma": "{{reference}}", "so_tien": "{{amount}}", "loi": "{{text}}"],
            ],
            "templates": ["paid": ["vi": "100001"], "refunded": ["vi": "100007"]],
            "success": ["status": [200], "path": "error", "equals": 0, "refused": [-108]],
        ]
    }

    @Test func `each answer is what it is, and nothing that may have arrived is said to be safe to repeat`()
        async throws
    {
        try await MailHost.run("gateway.py", []) { port, folder in
            let adapter = try MessageAdapter(Self.declared(port), secret: "the secret")
            let sender = AdapterSender(adapter, timeout: .seconds(3))
            let expected: [(String, MessageAnswer)] = [
                ("1", .sent), ("2", .refused("HTTP 200 -108")), ("3", .failed("HTTP 503 -1")), ("3", .sent),
                ("4", .unknown("HTTP 500")), ("5", .unknown("no answer in time")),
                ("6", .unknown("the connection broke before an answer")), ("7", .refused("HTTP 401 -124")),
            ]
            for (last, answer) in expected {
                let told = await sender.send(Self.message(last))
                #expect(told == answer, "\(last)")
            }
            #expect(
                await sender.send(Self.message("1", kind: .partPaid)) == .refused("the gateway has no template for it")
            )
            let lines = try String(contentsOfFile: folder + "/messages.jsonl", encoding: .utf8).split(separator: "\n")
            #expect(lines.count == expected.count)
            let first = try JSON.parse(Array(lines[0].utf8))
            #expect(first["token"] == "the secret" && first["path"] == "/message/template")
            #expect(first["body"]?["phone"] == "84912345671" && first["body"]?["template_id"] == "100001")
            #expect(first["body"]?["tracking_id"] == "khop-5")
            // What stands in a value changes neither the form nor fills anything in once more.
            let data = try #require(first["body"]?["template_data"])
            #expect(data["so_tien"] == "10.000 ₫\", \"x\": \"{{secret}}" && data["loi"] == "da nhan \"10.000 dong\"")
            #expect(data.members?.count == 3)
        }
        let away = try MessageAdapter(Self.declared(try FreePort.find()), secret: "")
        #expect(await AdapterSender(away).send(Self.message("1")) == .failed("no connection"))
    }

    @Test func `a declaration's faults are told where they are`() throws {
        func faults(_ change: (inout [JSON.Member]) -> Void) -> [String] {
            var members = Self.declared(1).members ?? []
            change(&members)
            do {
                _ = try MessageAdapter(.object(members), secret: "")
                return []
            } catch let error as ServiceError { return error.faults.map(\.pointer) } catch { return ["?"] }
        }
        func set(_ name: String, _ value: JSON?) -> [String] {
            faults { members in
                members.removeAll { $0.name == name }
                if let value { members.append(.init(name, value)) }
            }
        }
        #expect(faults { _ in } == [])
        #expect(set("url", "http://sms.example.vn/send") == ["/url"] && set("url", nil) == ["/url"])
        #expect(set("body", nil) == ["/body"] && set("body", ["a": "{{password}}"]) == ["/body"])
        #expect(set("headers", ["X": "a\r\nY: b"]) == ["/headers"])
        #expect(set("templates", ["gone": ["vi": "1"]]) == ["/templates"])
        #expect(set("sucess", [:]) == ["/sucess"] && set("success", ["statuses": [200]]) == ["/success/statuses"])
    }
}
