// krelay: a line a target, [-n NAMESPACE] [-l ADDRESS] TYPE/NAME PORT...; its context is a flag of the command.
#include "core/store/exchange/foreignwords.h"
#include "core/store/exchange/writers.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Fairlead::Store {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Exchange)
};

QStringList linesOf(const SavedForward &forward, ExportNotes &notes)
{
    const Forward::ForwardSpec &spec = forward.spec;
    if (spec.target.kind == Kube::TargetRef::Kind::Selector) {
        notes.leaveOut(Text::tr("krelay forwards to no label selector."));
        return {};
    }
    QStringList words;
    if (!spec.namespaceName.isEmpty())
        words << u"-n"_s << spec.namespaceName;
    if (const QString address = notes.oneAddress(); !address.isEmpty())
        words << u"-l"_s << address;
    words << Kube::targetText(spec.target);
    for (const Kube::PortArgument &port : spec.ports)
        words << Kube::portText(port);
    notes.kept({});
    QStringList lines;
    if (!spec.name.isEmpty())
        lines << u"# "_s + shownText(spec.name);
    return lines << words.join(u' ');
}

} // namespace

void writeKrelay(const Profile &profile, Exported &exported)
{
    ExportNotes notes(exported, Format::Krelay);
    QStringList lines;
    for (qsizetype i = 0; i < profile.forwards.size(); ++i) {
        notes.begin(i, profile.forwards.at(i));
        lines += linesOf(profile.forwards.at(i), notes);
    }
    exported.text = lines.isEmpty() ? QByteArray() : (lines.join(u'\n') + u'\n').toUtf8();
}

} // namespace Fairlead::Store
