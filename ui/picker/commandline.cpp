#include "ui/picker/commandline.h"

#include "ui/widgets/copyline.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QStandardPaths>

namespace Fairlead::Ui {

using namespace Qt::StringLiterals;

QString preferredProgram()
{
    const bool onlyKubectl =
        QStandardPaths::findExecutable(u"oc"_s).isEmpty() && !QStandardPaths::findExecutable(u"kubectl"_s).isEmpty();
    return onlyKubectl ? u"kubectl"_s : u"oc"_s;
}

CommandLine::CommandLine(QWidget *parent)
    : QWidget(parent)
    , m_line(new CopyLine(tr("The same on the command line"), this))
    , m_program(preferredProgram())
{
    m_line->line().setObjectName(u"command"_s);
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins({});
    line->addWidget(m_line);
}

void CommandLine::show(const std::optional<Forward::ForwardSpec> &spec)
{
    m_line->setText(spec ? Forward::commandLine(*spec, m_program) : QString());
}

} // namespace Fairlead::Ui
