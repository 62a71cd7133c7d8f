import ComposeSyntax
import DockerfileSyntax
import SourceText

/// The words of an entry point or a command, each with the characters that spell it.
struct CommandWords {
  enum Origin: String {
    case own, base, compose, command
  }

  struct Word {
    let text: String
    let place: Place?
  }

  /// Shell form: `/bin/sh -c TEXT`; the words are those of the shell then.
  let isShellForm: Bool
  let words: [Word]
  let origin: Origin
  /// All of the arguments as they are written.
  let place: Place?
  /// The shell text as commands, with the places of their words.
  var script: Shell.Script?
}

extension ServiceModel {
  /// The entry point that counts: compose or the command line, else the image's.
  var entrypoint: CommandWords? {
    if let value = compose?["entrypoint"], !value.isNull { return composeWords(value) }
    if let command, let word = command.values("--entrypoint").last, let text = word.text {
      return CommandWords(
        isShellForm: false,
        words: text.isEmpty ? [] : [CommandWords.Word(text: text, place: Place(command.source, word.range))],
        origin: .command, place: Place(command.source, word.range))
    }
    return image?.entrypoint.map { imageWords($0) }
  }

  /// The arguments of the entry point, or the command itself where there is none.
  var arguments: CommandWords? {
    if let value = compose?["command"], !value.isNull { return composeWords(value) }
    if let command, !command.arguments.isEmpty {
      return CommandWords(
        isShellForm: false,
        words: command.arguments.map { CommandWords.Word(text: $0.text ?? "", place: Place(command.source, $0.range)) },
        origin: .command, place: command.arguments.first.map { Place(command.source, $0.range) })
    }
    // Another entry point takes the image's command away.
    if compose?["entrypoint"].map({ !$0.isNull }) == true || command?.has("--entrypoint") == true { return nil }
    return image?.command.map { imageWords($0) }
  }

  private func composeWords(_ value: ComposeValue) -> CommandWords {
    let items = value.list ?? []
    return CommandWords(
      isShellForm: false, words: items.map { CommandWords.Word(text: $0.text ?? "", place: $0.place?.place) },
      origin: .compose, place: value.place?.place)
  }

  private func imageWords(_ setting: DockerfileSyntax.Setting<DockerfileSyntax.Image.Process>) -> CommandWords {
    let isShellForm = setting.value.form == .shell
    let plain = setting.value.words.map { CommandWords.Word(text: $0, place: nil) }
    guard let index = setting.instruction, plan.dockerfile != nil, plan.syntax.instructions.indices.contains(index)
    else {
      return CommandWords(
        isShellForm: isShellForm, words: plain, origin: plan.dockerfile == nil ? .base : .base,
        place: plan.settings.imagePlace)
    }
    let instruction = plan.syntax.instructions[index]
    let place = plan.place(instruction.argumentsRange)
    if isShellForm {
      let evaluation = plan.build.evaluations.lazy.compactMap { $0.step(at: index) }.first
      return CommandWords(isShellForm: true, words: plain, origin: .own, place: place, script: evaluation?.script)
    }
    let words = zip(plain, instruction.arguments.suffix(plain.count)).map { word, source in
      CommandWords.Word(text: word.text, place: plan.place(source.inner(of: plan.syntax)))
    }
    return CommandWords(isShellForm: false, words: words, origin: .own, place: place)
  }
}

extension ComposePlace {
  /// The same place among the facts.
  var place: Place { Place(file: file.path, range) }
}
