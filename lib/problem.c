#include "problem.h"

const struct problem_kind problem_kinds[] = {
        {"alternative-shadowed", "An alternative in a pattern that another one covers.",
         "The word stands twice in one group, or a word with a star beside it matches it too. "
         "Leave it out, or correct the one that was meant to say something else."},
        {"always-met", "A clause is met by every request that tells its facts.",
         "Its condition is true whatever is told, so it prohibits everything. Look for an \"any\" "
         "whose parts cover all there is, such as a fact and its negation."},
        {"ambiguous", "A spelling stands for two values of one axis.",
         "A request that uses it could mean either. Keep it for one of them."},
        {"atom-implied", "An atom changes nothing: the rest of the clause settles it.",
         "With the atom or without it the clause comes out the same for every request, because "
         "another atom implies it, stands twice, or is never reached. Leave it out, or say what it "
         "was meant to say."},
        {"atom-never", "An atom that no request can meet beside the rest of the clause.",
         "Wherever the clause is met, this atom is not: it stands in an \"any\" or an exception to "
         "no effect, or contradicts its neighbours."},
        {"class-cycle", "A class of words contains itself.",
         "Classes may name other classes, but not in a circle."},
        {"class-many", "There are more classes and groups of words than can be compiled.",
         "Join groups of patterns that hold the same words into a class."},
        {"class-reserved", "A class has a name that the program keeps for itself.",
         "Classes such as Proper and number say what a word looks like. Choose another name."},
        {"confidence", "A clause has no confidence of A, B, C or D.",
         "Say how sure it is that the source says so: A read there, B quoted by others, "
         "C summarised by others, D inferred. Whoever relies on a verdict wants to know."},
        {"contradiction", "Dates contradict each other.",
         "A text cannot bind before it is published, a file cannot have been reviewed before the "
         "last text in it was published, and a correction binds no earlier than what it corrects."},
        {"cycle", "A value is broader than itself.",
         "Values form trees: follow \"broader\" upwards and it must end."},
        {"date", "Not a day of the form YYYY-MM-DD.",
         "Days are written as in 2024-05-03, and must exist."},
        {"duplicate", "A name stands twice.",
         "Revisions and clauses are told apart by their names, and so are policies that are used "
         "together: a policy may be named twice, but two texts cannot have one name."},
        {"duplicate-id", "The id of a pattern, mask, context or name stands twice.",
         "Evidence refers to entries of the vocabulary by their ids."},
        {"empty", "Something that needs at least one entry has none.",
         "A policy has a revision and a clause, an atom a fact, a fact a value."},
        {"example-met", "An entry of the vocabulary matches the line under its \"no\".",
         "It reads more into a text than it was meant to. Make the pattern narrower, or correct "
         "the line."},
        {"example-missed", "An entry of the vocabulary does not match the line under its \"yes\".",
         "It may match nothing at all: a word may be read as another one, or stand in another "
         "order. Correct the pattern, or the line."},
        {"fail-open", "A clause lets a request through because it leaves a fact out.",
         "The fact's own axis leaves silence open, and the verdict would be undecided; "
         "\"unstated\" here turns it into an allow, so that to say less is to get away with it. "
         "Leave \"unstated\" out, or say \"unknown\"."},
        {"json", "The file is not valid JSON.",
         "Names and texts stand in double quotes, with commas between members and none after the "
         "last. Any editor that knows JSON shows the place."},
        {"missing-member", "A member that is required is not there.",
         "proviso-policy(5) says what is required."},
        {"name", "A policy, revision or clause has a name that cannot be told in a verdict.",
         "Verdicts name policy@revision/clause, several joined by commas: a name is not empty and "
         "holds no slash, comma, at sign or control character. \"all\" and \"applicable\" stand "
         "for policies that are chosen together."},
        {"name-long", "A name in the vocabulary has too many words, or none.",
         "Names of agencies and places are one to eight words."},
        {"never-met", "A clause that no request can meet.",
         "Its condition contradicts itself, or an exception takes away all that it prohibits."},
        {"order", "Revisions are out of order.",
         "Revisions stand in the order of their publication, a correction after what it corrects, "
         "and \"until\" names a later revision than \"since\"."},
        {"pattern-empty", "A pattern can match nothing at all.",
         "At least one word of it must not be optional."},
        {"pattern-gap", "A gap in a pattern is not of 1 to 30 words.",
         "A gap is the sign ~ and the number of words that may stand between, as in ~5."},
        {"pattern-long", "A pattern is longer than can be compiled.",
         "Divide it, or put its alternatives into a class."},
        {"pattern-start", "A pattern may begin with a gap.",
         "It would be tried at every word. Begin with a word that is not optional."},
        {"pattern-syntax", "A pattern is not written as patterns are.",
         "proviso-policy(5) lists the signs; brackets are closed and words hold nothing else."},
        {"shadowed", "A clause that another one makes superfluous.",
         "In every revision that holds it, whatever it prohibits another clause of the same "
         "revisions prohibits too, so it never decides a verdict. If the document really has both, "
         "one is probably read too widely or too narrowly here."},
        {"shape", "A member is of the wrong kind.",
         "proviso-policy(5) says what each member is: a text, an array, an object, true or false."},
        {"silent-not", "A \"not\" is met by requests that leave a fact out.",
         "On this axis a fact that nobody mentions is not there, so its negation holds of every "
         "request that is silent: the clause decides on something that was never told. Where that "
         "is meant, say so in the atom with \"unstated\": \"false\"; else say \"unknown\"."},
        {"stem-short", "A word with a star is too short.",
         "Fewer than four letters before the star match too many words. Write the endings out."},
        {"too-complex", "A clause has too many facts to be searched.",
         "What lint can say about it is not all there is to say. Divide it into several clauses."},
        {"unknown-axis", "No axis of that name.",
         "An axis is a kind of fact, such as use or camera; a vocabulary can add one."},
        {"unknown-class", "No class of words of that name.",
         "Define it under \"classes\", or correct the name."},
        {"unknown-member", "A member that has no meaning here.",
         "Probably a slip. Remarks belong into \"note\"."},
        {"unknown-revision", "No revision of that name.",
         "\"since\", \"until\" and \"corrects\" name a revision of the same file."},
        {"unknown-value", "No value of that name on the axis.",
         "A clause with a value that nobody can tell would never be met. A vocabulary can add "
         "one."},
        {"value-implied", "A value that another one of the same list covers.",
         "A broader value in the list is met whenever this one is. Leave it out."},
        {"without-source", "A clause does not say where it is published.",
         "Give the address in \"source\", of the clause or of the whole policy, so that a verdict "
         "can be checked."},
        {"without-tests", "A clause has no test with deny, or none with allow.",
         "Without a request that it denies and one close to it that it allows, nobody knows what "
         "the clause does. \"proviso policy test\" shows what else is missing."},
};

const size_t problem_kind_count = sizeof problem_kinds / sizeof problem_kinds[0];
