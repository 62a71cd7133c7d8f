import Diagnosis
import Inspection
import Knowledge
import Policy

/// Answers to questions, from the command line and from files.
enum AnswerList {
  /// - Parameters:
  ///   - files: each with one `QUESTION=ANSWER` a line; empty lines and what follows `#` at the start of a line say nothing.
  ///   - given: from the command line; they win over files.
  /// - Throws: `Refusal` for a question or an answer that does not exist, with the place where it stands.
  static func answers(_ files: [String], _ given: [String], _ knowledge: KnowledgeBase) throws -> [String: String] {
    var answers: [String: String] = [:]
    for file in files { try add(file, knowledge, to: &answers) }
    for text in given {
      if let entry = AnswerLines.entry(text) { try add(entry, "--answer \(text)", knowledge, to: &answers) }
    }
    return answers
  }

  private static func add(_ file: String, _ knowledge: KnowledgeBase, to answers: inout [String: String]) throws {
    let bytes: [UInt8]
    do throws(FileProblem) {
      bytes = file == "-" ? try Host.readStandardInput(limit: nil) : try DiskTree.read(file: file, limit: nil)
    } catch {
      throw Refusal.input("--answers \(file): \(error.message)")
    }
    for entry in AnswerLines.entries(bytes) { try add(entry, "\(file):\(entry.line)", knowledge, to: &answers) }
  }

  private static func add(
    _ entry: AnswerLines.Entry, _ place: String, _ knowledge: KnowledgeBase, to answers: inout [String: String]
  ) throws {
    guard let answer = entry.answer else { throw Refusal.usage("\(place): expected QUESTION=ANSWER") }
    let id = entry.question
    guard let question = knowledge.question(id) else {
      throw Refusal.usage("\(place): there is no such question")
    }
    if question.answers.isEmpty {
      // It becomes a part of files: one line, and nothing that cannot be seen.
      guard !answer.isEmpty, answer.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
        throw Refusal.usage("\(place): expected a value in one line")
      }
      answers[id] = answer
      return
    }
    let known = question.answers.map(\.id) + [Question.unknownAnswer]
    guard known.contains(answer) else {
      throw Refusal.usage("\(place): expected one of \(known.joined(separator: ", "))")
    }
    answers[id] = answer
  }
}
