#include "ui/signin/signindialog.h"

#include "core/forward/forwardspec.h"
#include "core/kube/config/contextstore.h"
#include "ui/widgets/copyline.h"
#include "ui/widgets/inlinemessage.h"

#include <QCheckBox>
#include <QDesktopServices>
#include <QDialogButtonBox>
#include <QFontDatabase>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QTimer>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Fairlead::Ui {

using Kube::AttendedSignIn;
using Way = AttendedSignIn::Way;

namespace {

constexpr int kMargin = 14;
constexpr int kGap = 10;
constexpr int kFirstWidth = 640;
constexpr int kOutputLines = 12;
constexpr int kLongestLink = 70; ///< characters on a button; the whole is in its tool tip
// A plugin may write faster than anybody reads; the window must stay quick.
constexpr int kShowMs = 60;

QLabel *wrapped(QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

/// Gives a plugin the terminal where it is typed.
QString terminalCommand(const Kube::ConnectionConfig &config)
{
    QStringList words{u"fairlead"_s, u"doctor"_s, u"--context"_s, config.context};
    if (config.files.size() == 1)
        words << u"--kubeconfig"_s << config.files.first();
    return Forward::shellCommand(words);
}

/// What somebody signs in with anew.
bool hasSameCredentials(const Kube::ConnectionConfig &one, const Kube::ConnectionConfig &other)
{
    return one.token == other.token && one.tokenFile == other.tokenFile && one.username == other.username
        && one.password == other.password && one.exec == other.exec && one.authProvider == other.authProvider
        && one.tls.clientCertificatePem == other.tls.clientCertificatePem && one.user == other.user
        && one.server == other.server;
}

} // namespace

SignInDialog::SignInDialog(const Kube::ContextStore &contexts, const Kube::ContextRef &context, QWidget *parent)
    : QDialog(parent)
    , m_contexts(contexts)
    , m_context(context)
    , m_showSoon(new QTimer(this))
    , m_who(wrapped(this))
    , m_what(wrapped(this))
    , m_outcome(new InlineMessage(this))
    , m_output(new QPlainTextEdit(this))
    , m_link(new QPushButton(this))
    , m_answer(new QLineEdit(this))
    , m_hidden(new QCheckBox(tr("&Hide"), this))
    , m_send(new QPushButton(tr("&Send"), this))
    , m_commandIntroduction(wrapped(this))
    , m_command(new CopyLine(tr("The command that signs in"), this))
    , m_again(new QPushButton(tr("&Try again"), this))
    , m_close(new QPushButton(this))
{
    setObjectName(u"signIn"_s);
    //: Title of a window; %1 is a context.
    setWindowTitle(tr("Sign in: %1").arg(Kube::contextLabel(context)));
    layOut();
    connectParts();
    takeKubeconfig();
    if (m_signIn && m_signIn->canRun())
        run();
}

SignInDialog::~SignInDialog() = default;

void SignInDialog::layOut()
{
    m_who->setObjectName(u"signInWho"_s);
    m_who->setForegroundRole(QPalette::PlaceholderText);
    m_what->setObjectName(u"signInWhat"_s);
    m_outcome->setObjectName(u"signInOutcome"_s);
    m_command->line().setObjectName(u"signInCommand"_s);
    m_again->setObjectName(u"signInAgain"_s);
    m_close->setObjectName(u"signInClose"_s);
    m_outputPart = outputPart();
    m_answerPart = answerPart();
    for (QPushButton *button : {m_again, m_close, m_link, m_send})
        button->setAutoDefault(false); // Enter in the answer's field sends the answer and nothing else
    auto *buttons = new QDialogButtonBox(this);
    buttons->addButton(m_again, QDialogButtonBox::ActionRole);
    buttons->addButton(m_close, QDialogButtonBox::RejectRole);
    auto *lines = new QVBoxLayout(this);
    lines->setContentsMargins(kMargin, kMargin, kMargin, kMargin);
    lines->setSpacing(kGap);
    lines->addWidget(m_who);
    lines->addWidget(m_what);
    lines->addWidget(m_outputPart, 1);
    lines->addWidget(m_answerPart);
    lines->addWidget(m_outcome);
    lines->addWidget(m_commandIntroduction);
    lines->addWidget(m_command);
    lines->addStretch();
    lines->addWidget(buttons);
    m_commandIntroduction->hide();
    m_command->hide();
    resize(kFirstWidth, 0); // as high as what it has to show
}

QWidget *SignInDialog::outputPart()
{
    auto *part = new QWidget(this);
    auto *lines = new QVBoxLayout(part);
    lines->setContentsMargins({});
    lines->setSpacing(kGap);
    m_output->setObjectName(u"signInOutput"_s);
    m_output->setReadOnly(true);
    m_output->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_output->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_output->setTabChangesFocus(true);
    m_output->setAccessibleName(tr("What the plugin says"));
    m_output->setMinimumHeight(m_output->fontMetrics().lineSpacing() * kOutputLines);
    m_link->setObjectName(u"signInLink"_s);
    m_link->hide();
    lines->addWidget(m_output, 1);
    lines->addWidget(m_link, 0, Qt::AlignLeft);
    return part;
}

QWidget *SignInDialog::answerPart()
{
    auto *part = new QWidget(this);
    auto *line = new QHBoxLayout(part);
    line->setContentsMargins({});
    line->setSpacing(kGap);
    m_answer->setObjectName(u"signInAnswer"_s);
    m_answer->setPlaceholderText(tr("If it asks for something, answer here and press Enter"));
    m_send->setObjectName(u"signInSend"_s);
    m_hidden->setObjectName(u"signInHidden"_s);
    m_hidden->setToolTip(tr("Show dots instead of what is typed, as for a password"));
    auto *label = new QLabel(tr("&Answer"), part);
    label->setBuddy(m_answer);
    line->addWidget(label);
    line->addWidget(m_answer, 1);
    line->addWidget(m_hidden);
    line->addWidget(m_send);
    return part;
}

void SignInDialog::connectParts()
{
    m_showSoon->setSingleShot(true);
    m_showSoon->setInterval(kShowMs);
    connect(m_showSoon, &QTimer::timeout, this, &SignInDialog::showOutput);
    connect(m_answer, &QLineEdit::returnPressed, this, &SignInDialog::send);
    connect(m_send, &QPushButton::clicked, this, &SignInDialog::send);
    connect(m_hidden, &QCheckBox::toggled, this,
            [this](bool hidden) { m_answer->setEchoMode(hidden ? QLineEdit::Password : QLineEdit::Normal); });
    connect(m_link, &QPushButton::clicked, this, [this] { QDesktopServices::openUrl(m_text.lastLink()); });
    connect(m_again, &QPushButton::clicked, this, &SignInDialog::tryAgain);
    connect(m_close, &QPushButton::clicked, this, [this] {
        if (m_signIn && m_signIn->isRunning())
            m_signIn->cancel();
        else
            reject();
    });
    connect(this, &QDialog::finished, this, [this] { m_signIn.reset(); }); // a run that nobody watches ends
    connect(&m_contexts, &Kube::ContextStore::changed, this, &SignInDialog::takeKubeconfig);
}

/// Reads what the context signs in with, now or after the kubeconfig was written. A run that is under way goes on.
void SignInDialog::takeKubeconfig()
{
    if (m_signIn && m_signIn->isRunning())
        return;
    const auto config = m_contexts.resolve(m_context);
    if (!config) {
        m_config.reset();
        m_signIn.reset();
        m_outcome->say(Tone::Bad, config.error());
        return refresh();
    }
    const bool first = !m_config;
    if (!first && hasSameCredentials(*m_config, *config))
        return;
    m_config = *config;
    m_signIn = std::make_unique<AttendedSignIn>(*config);
    connect(m_signIn.get(), &AttendedSignIn::said, this, [this](const QByteArray &bytes) {
        m_text.feed(bytes);
        if (!m_showSoon->isActive())
            m_showSoon->start();
    });
    connect(m_signIn.get(), &AttendedSignIn::finished, this, &SignInDialog::conclude);
    describe();
    if (first)
        return;
    //: %1 is a context.
    m_outcome->say(Tone::Good,
                   tr("The kubeconfig has other credentials for %1 now.").arg(Kube::contextLabel(m_context)),
                   tr("What waited for them goes on by itself."));
    emit signedIn(m_context);
}

void SignInDialog::describe()
{
    const QString server = m_config->server.toString(QUrl::RemoveUserInfo);
    //: %1 is a user of the kubeconfig, %2 the server's address.
    m_who->setText(tr("User %1 on %2").arg(m_config->user, server));
    switch (m_signIn->way()) {
    case Way::Plugin:
        //: %1 is the name of a program.
        m_what->setText(tr("The sign-in plugin %1 gets the credentials.").arg(m_signIn->name()));
        break;
    case Way::Provider:
        //: %1 is an address.
        m_what->setText(tr("The sign-in provider %1 gives the credentials.").arg(m_signIn->name()));
        break;
    case Way::Command:
        m_what->setText(tr("The token of \"oc login\" has expired or was taken back."));
        showCommand(tr("Run this in a terminal. When the kubeconfig has the new token, what waits for it goes on by "
                       "itself."),
                    m_signIn->command());
        break;
    case Way::Kubeconfig:
        m_what->setText((m_signIn->advice() + u'\n'
                         + tr("The credentials of this user are in the kubeconfig. Change them there, or with the "
                              "program that wrote it: what waits for them goes on by itself."))
                            .trimmed());
        break;
    }
    refresh();
}

/// What can be done now, and what has the focus.
void SignInDialog::refresh()
{
    const bool running = m_signIn && m_signIn->isRunning();
    const bool isPlugin = m_signIn && m_signIn->way() == Way::Plugin;
    m_outputPart->setVisible(isPlugin);
    m_answerPart->setVisible(isPlugin && m_signIn->takesAnswers());
    m_answerPart->setEnabled(running);
    m_again->setVisible(!running && m_signIn);
    m_close->setText(running ? tr("&Cancel") : tr("&Close"));
    m_close->setDefault(!running);
    if (!running)
        m_close->setFocus();
    else if (isPlugin && m_signIn->takesAnswers())
        m_answer->setFocus();
    growToFit();
}

/// A layout does not make its window higher for sentences that take another line.
void SignInDialog::growToFit()
{
    layout()->activate();
    const int needed =
        layout()->hasHeightForWidth() ? layout()->totalHeightForWidth(width()) : layout()->totalSizeHint().height();
    if (height() < needed)
        resize(width(), needed);
}

void SignInDialog::run()
{
    m_text.clear();
    showOutput();
    m_outcome->clear();
    m_commandIntroduction->hide();
    m_command->hide();
    //: %1 is the name of a program or an address.
    m_output->setPlaceholderText(tr("%1 has said nothing so far.").arg(m_signIn->name()));
    m_signIn->start();
    refresh();
}

void SignInDialog::tryAgain()
{
    if (m_signIn->canRun())
        return run();
    emit retryRequested(m_context);
    m_outcome->say(Tone::Accent, tr("What uses this context is being tried again."));
}

void SignInDialog::send()
{
    if (!m_signIn || !m_signIn->isRunning())
        return;
    const QString line = m_answer->text();
    m_signIn->answer(line);
    m_text.echo(m_hidden->isChecked() ? QString() : line);
    m_answer->clear();
    m_hidden->setChecked(false);
    m_asksForSecret = false;
    showOutput();
}

void SignInDialog::showOutput()
{
    m_output->setPlainText(m_text.text());
    m_output->verticalScrollBar()->setValue(m_output->verticalScrollBar()->maximum());
    const QUrl link = m_text.lastLink();
    QString shown = link.toString();
    if (shown.size() > kLongestLink)
        shown = shown.left(kLongestLink) + u'…';
    //: %1 is a web address.
    m_link->setText(tr("&Open %1").arg(shown.replace(u'&', "&&"_L1)));
    m_link->setToolTip(link.toString());
    if (m_link->isHidden() == link.isValid()) {
        m_link->setVisible(link.isValid());
        growToFit();
    }
    // Only when the question is new: the user may have decided otherwise.
    if (const bool asks = m_text.asksForSecret(); asks != m_asksForSecret) {
        m_asksForSecret = asks;
        m_hidden->setChecked(asks);
    }
}

void SignInDialog::conclude(const std::optional<Kube::SignInFailure> &failure, const std::optional<QDateTime> &expires)
{
    showOutput();
    if (!failure) {
        //: %1 is the name of a program or an address, %2 a date and time.
        const QString until = expires
            ? tr("%1 has given credentials. They are good until %2.")
                  .arg(m_signIn->name(), QLocale().toString(expires->toLocalTime(), QLocale::ShortFormat))
            //: %1 is the name of a program or an address.
            : tr("%1 has given credentials.").arg(m_signIn->name());
        m_outcome->say(Tone::Good, until, tr("What waited for them goes on by itself."));
        emit signedIn(m_context);
    } else {
        const bool alreadyRead = m_text.text().contains(failure->detail);
        m_outcome->say(failure->cancelled ? Tone::Accent : Tone::Bad, failure->text,
                       alreadyRead ? QString() : failure->detail);
        if (m_signIn->mayWantTerminal(*failure))
            showCommand(tr("It seems to talk in a terminal only. Run this in one, then press “Try again” here."),
                        terminalCommand(*m_config));
    }
    refresh();
}

void SignInDialog::showCommand(const QString &introduction, const QString &command)
{
    m_commandIntroduction->setText(introduction);
    m_commandIntroduction->show();
    m_command->setText(command);
    m_command->show();
}

} // namespace Fairlead::Ui
