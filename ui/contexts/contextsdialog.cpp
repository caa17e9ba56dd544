#include "ui/contexts/contextsdialog.h"

#include "core/kube/config/contextstore.h"
#include "ui/contexts/contextcolors.h"
#include "ui/contexts/contextlist.h"
#include "ui/contexts/contextmarks.h"
#include "ui/contexts/contextsmodel.h"
#include "ui/contexts/filelist.h"
#include "ui/contexts/kubeconfigintake.h"
#include "ui/theme.h"
#include "ui/widgets/inlinemessage.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QLabel>
#include <QListView>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Fairlead::Ui {

namespace {

constexpr QSize FirstSize{680, 520};
constexpr int Margin = 14;
constexpr int Gap = 10;

QLabel *quietLabel(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

} // namespace

ContextsDialog::ContextsDialog(Kube::ContextStore &contexts, Store::Settings &settings, QWidget *parent)
    : QDialog(parent)
    , m_contexts(contexts)
    , m_marks(new ContextMarks(contexts, settings, this))
    , m_intake(new KubeconfigIntake(contexts, settings, *this))
    , m_model(new ContextsModel(this))
    , m_list(new ContextList(*m_model, this))
    , m_notice(new InlineMessage(this))
    , m_problem(new QLabel(this))
    , m_color(new QComboBox(this))
    , m_protected(new QCheckBox(tr("&Protected: ask before the first start"), this))
    , m_files(new FileList(m_intake->desk(), this))
{
    setObjectName(u"contextsDialog"_s);
    setWindowTitle(tr("Contexts"));
    m_model->setMarks(m_marks);
    m_problem->setWordWrap(true);
    m_problem->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_problem->setTextFormat(Qt::PlainText);
    QPalette ink = m_problem->palette();
    ink.setColor(QPalette::WindowText, toneColor(Tone::Warning, palette()));
    m_problem->setPalette(ink);
    m_color->setObjectName(u"contextColor"_s);
    m_color->setAccessibleName(tr("Colour"));
    m_color->addItem(contextColorName(ContextMarks::Color::None), int(ContextMarks::Color::None));
    for (const ContextMarks::Color color : contextColors())
        m_color->addItem(contextColorIcon(color, palette()), contextColorName(color), int(color));
    m_protected->setObjectName(u"contextProtected"_s);
    m_protected->setToolTip(tr("Once in a run of the program, with the name and the server of the context"));
    layOut();
    connectParts();
    resize(FirstSize);
    refresh();
    m_list->begin(contexts.preferredContext());
}

void ContextsDialog::layOut()
{
    auto *marks = new QHBoxLayout;
    marks->setSpacing(Gap);
    QLabel *colorLabel = quietLabel(tr("&Colour"), this);
    colorLabel->setBuddy(m_color);
    marks->addWidget(colorLabel);
    marks->addWidget(m_color);
    marks->addWidget(m_protected);
    marks->addStretch(1);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    QPushButton *add = buttons->addButton(tr("&Add kubeconfig…"), QDialogButtonBox::ActionRole);
    QPushButton *paste = buttons->addButton(tr("Pa&ste kubeconfig…"), QDialogButtonBox::ActionRole);
    for (QPushButton *button : {add, paste, buttons->button(QDialogButtonBox::Close)})
        button->setAutoDefault(false);
    connect(add, &QPushButton::clicked, m_intake, &KubeconfigIntake::chooseFile);
    connect(paste, &QPushButton::clicked, m_intake, &KubeconfigIntake::pasteText);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto *lines = new QVBoxLayout(this);
    lines->setContentsMargins(Margin, Margin, Margin, Margin);
    lines->setSpacing(Gap);
    lines->addWidget(m_notice);
    lines->addWidget(m_list, 1);
    lines->addWidget(m_problem);
    lines->addLayout(marks);
    lines->addWidget(m_files);
    lines->addWidget(buttons);
}

void ContextsDialog::connectParts()
{
    connect(&m_contexts, &Kube::ContextStore::changed, this, &ContextsDialog::refresh);
    connect(m_list, &ContextList::currentChanged, this, &ContextsDialog::showCurrent);
    connect(m_marks, &ContextMarks::changed, this, &ContextsDialog::showCurrent);
    connect(m_color, &QComboBox::activated, this, [this] {
        if (const int row = m_list->currentRow(); row >= 0)
            m_marks->setColor(m_model->at(row).ref(), ContextMarks::Color(m_color->currentData().toInt()));
    });
    connect(m_protected, &QCheckBox::clicked, this, [this](bool on) {
        if (const int row = m_list->currentRow(); row >= 0)
            m_marks->setProtected(m_model->at(row).ref(), on);
    });
    connect(m_intake, &KubeconfigIntake::taken, this, [this](const QList<Kube::ContextRef> &added) {
        m_files->refresh();
        m_list->select(added.first());
        m_notice->say(Tone::Good, takenText(added));
    });
    connect(m_intake, &KubeconfigIntake::refused, this,
            [this](const QString &sentence) { m_notice->say(Tone::Bad, sentence); });
}

void ContextsDialog::refresh()
{
    const int row = m_list->currentRow();
    const Kube::ContextRef current = row >= 0 ? m_model->at(row).ref() : Kube::ContextRef();
    m_model->setContexts(m_contexts.contexts());
    m_list->select(current);
    m_files->refresh();
    showCurrent();
}

void ContextsDialog::showCurrent()
{
    const int row = m_list->currentRow();
    m_color->setEnabled(row >= 0);
    m_protected->setEnabled(row >= 0);
    const QModelIndex index = m_model->index(row);
    const Kube::ContextSummary summary = row >= 0 ? m_model->at(row) : Kube::ContextSummary();
    const QString &problem = summary.problem.isEmpty() ? summary.remark : summary.problem;
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    m_color->setCurrentIndex(std::max(0, m_color->findData(row >= 0 ? index.data(ContextsModel::ColorRole) : 0)));
    m_protected->setChecked(row >= 0 && index.data(ContextsModel::ProtectedRole).toBool());
}

} // namespace Fairlead::Ui
