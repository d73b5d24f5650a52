"""Every row of the fault catalogue: its tests, or the issue that brings it."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class FaultRow:
    """One row. `tests` are names of test functions in this folder; `issue` brings what is not there yet."""

    fault: str
    tests: tuple[str, ...] = ()
    issue: str | None = None  # the letter of the issue, and what it brings


def row(fault: str, *tests: str, issue: str | None = None) -> FaultRow:
    """One row, written shorter."""
    return FaultRow(fault, tests, issue)


ROWS: Mapping[str, FaultRow] = MappingProxyType(
    {
        "A1": row(
            "a webhook that Fanvue did not sign",
            "test_what_fanvue_did_not_sign_is_refused_and_leaves_a_count_only",
        ),
        "A2": row(
            "a right signature at the wrong time",
            "test_a_right_signature_at_the_wrong_time_is_refused_and_the_third_is_reported",
        ),
        "A3": row(
            "one delivery a thousand times",
            "test_one_delivery_a_thousand_times_is_one_row_and_one_line",
        ),
        "A4": row(
            "no secret, then two secrets",
            "test_without_a_secret_it_ends_with_78_and_with_two_both_are_good",
        ),
        "A5": row(
            "too big, packed, too deep, too slow",
            "test_what_is_too_big_packed_deep_or_slow_is_turned_away_without_being_held",
        ),
        "A6": row(
            "signed and not understood",
            "test_signed_bodies_that_no_rule_covers_are_kept_and_answered_200",
            "test_a_null_text_is_read_and_a_new_message_type_is_shown",
            "test_an_unknown_shape_that_names_a_chat_is_told_in_that_chat",
            "test_what_an_older_program_put_aside_is_read_again_by_one_that_knows_more",
            "test_a_body_that_a_newer_program_understands_is_shown_once",
        ),
        "A7": row(
            "an event of a creator whom nobody linked",
            "test_an_event_for_a_creator_whom_nobody_linked_waits_and_is_told_after_the_link",
        ),
        "A8": row(
            "a database that takes nothing",
            "test_a_locked_database_is_answered_503_and_the_repeat_arrives_once",
            "test_a_full_disk_is_answered_503_and_the_repeat_arrives_once",
        ),
        "A9": row(
            "SIGKILL between commit and answer",
            "test_killed_between_the_commit_and_the_answer_the_repeat_is_known",
        ),
        "A10": row(
            "one thing told twice, in two ways",
            "test_a_subscription_without_an_id_told_twice_is_one_notice",
            "test_a_tip_told_as_money_and_as_a_message_is_one_notice_of_money",
        ),
        "A11": row(
            "webhooks stop without an error",
            "test_webhooks_that_stop_are_noticed_told_once_and_told_again_when_they_are_back",
        ),
        "B1": row(
            "hours offline",
            "test_five_hundred_messages_of_three_hours_are_caught_up_in_order_under_a_note",
        ),
        "B2": row(
            "pages that move, messages older than the last look",
            "test_a_message_older_than_the_last_look_is_found_and_shown_with_its_time",
            "test_a_chat_that_moves_to_the_first_page_while_the_second_is_read_is_not_missed",
        ),
        "B3": row(
            "events in reverse after a start",
            "test_fifty_events_in_reverse_after_a_start_are_shown_in_order",
        ),
        "B4": row(
            "one poison item in a page",
            "test_one_message_that_cannot_be_read_is_put_aside_and_the_others_are_shown",
        ),
        "B5": row(
            "own replies and automations come back",
            "test_an_own_reply_that_comes_back_by_webhook_and_by_sweep_stays_one_line",
        ),
        "B6": row(
            "reading must not mark as read",
            "test_reading_a_chat_for_a_lost_reply_or_a_sweep_leaves_it_unread",
        ),
        "B7": row(
            "a first link with much history",
            "test_a_first_link_shows_history_from_now_on_only",
        ),
        "C1": row(
            "carried out, not answered",
            "test_a_send_that_was_carried_out_and_not_answered_is_found_and_never_repeated",
        ),
        "C2": row(
            "not carried out, nobody knows",
            "test_a_send_that_is_not_there_after_the_last_look_asks_and_is_sent_by_a_person_only",
            "test_a_lost_send_that_a_person_discards_is_never_sent",
        ),
        "C3": row(
            "carried out late",
            "test_a_send_that_is_carried_out_twenty_seconds_late_is_found",
        ),
        "C4": row(
            "never reached, or told to wait",
            "test_while_fanvue_refuses_connections_replies_wait_and_are_sent_once",
            "test_a_429_waits_as_long_as_it_says_and_costs_no_attempt",
            "test_what_never_reached_fanvue_is_tried_later",
        ),
        "C5": row(
            "401 and 403",
            "test_a_401_on_a_good_token_is_one_refresh_and_one_repeat",
            "test_a_refresh_with_fewer_scopes_is_named_and_a_reply_waits_for_the_permission",
        ),
        "C6": row(
            "404, 400, 410",
            "test_a_fan_who_is_gone_is_named_as_gone_and_the_words_stay_with_the_team",
            "test_what_breaks_fanvues_rules_is_never_cut_or_raised_and_never_sent",
            "test_a_retired_version_pauses_the_queue_and_goes_on_after_the_update",
        ),
        "C7": row(
            "the same words twice",
            "test_the_same_words_twice_on_purpose_are_two_messages_with_two_owners",
            "test_the_same_words_written_on_fanvue_during_an_unknown_send_are_owned_once",
        ),
        "C8": row(
            "SIGKILL before, during and after a send",
            "test_killed_while_a_send_is_under_way_it_is_looked_for_and_never_repeated",
            "test_killed_before_and_after_a_send_nothing_is_lost_or_doubled",
        ),
        "C9": row(
            "a mass message without an answer",
            "test_a_mass_message_whose_answer_got_lost_is_found_in_the_list_and_never_repeated",
            "test_a_mass_message_that_is_nowhere_asks_a_person_and_is_never_sent_by_itself",
            "test_of_two_equal_mass_messages_that_nobody_owns_none_is_taken_by_guess",
            "test_the_word_of_a_person_settles_it_once_and_is_noted",
            "test_killed_while_a_mass_message_is_under_way_it_is_looked_for_and_never_repeated",
        ),
        "C10": row(
            "pressed twice, by two, delivered twice",
            "test_two_people_who_press_send_again_at_once_send_it_once",
            "test_one_interaction_delivered_twice_is_one_reply",
            "test_a_press_that_is_delivered_twice_is_answered_by_what_the_first_one_did",
            "test_an_answer_at_once_that_is_asked_for_twice_is_no_error_in_the_log",
            "test_a_mass_message_confirmed_twice_and_delivered_twice_is_sent_once",
        ),
        "C11": row(
            "an audience that grows before the confirmation",
            "test_an_audience_that_grew_since_the_preview_must_be_confirmed_again",
            "test_the_button_of_the_smaller_preview_sends_nothing_afterwards",
        ),
        "C12": row(
            "old authority",
            "test_who_lost_the_role_while_the_window_was_open_sends_nothing",
            "test_a_window_that_outlived_the_link_sends_nothing_and_a_relink_changes_nothing",
            "test_a_mass_message_confirmed_too_late_is_closed",
            "test_a_mass_message_confirmed_after_a_relink_is_closed",
            "test_a_mass_message_confirmed_by_who_no_longer_may_does_not_go_out",
        ),
        "C13": row(
            "a crash in the middle of a batch",
            issue="F: batches of single sends, if ever: a mass message is one call",
        ),
        "D1": row(
            "a message made, its answer lost",
            "test_a_message_whose_answer_got_lost_is_there_once",
        ),
        "D2": row(
            "a thread made, nobody knows",
            "test_a_thread_whose_creation_is_unknown_is_adopted_and_not_made_twice",
            "test_killed_while_a_thread_was_being_made_there_is_one_thread",
            "test_two_first_messages_at_once_and_a_namesake_make_one_thread_each",
        ),
        "D3": row(
            "a thread that takes nothing",
            "test_an_archived_thread_is_woken",
            "test_what_the_servers_own_filter_blocks_is_hidden_behind_a_button_and_the_next_line_goes_on",
            "test_a_blocked_line_is_shown_once_the_server_changes_and_until_then_stays_hidden",
            "test_a_locked_thread_is_told_with_a_link_to_it_and_without_the_fans_words",
            "test_what_only_a_person_can_open_waits_with_its_reason_and_goes_on_by_itself",
        ),
        "D4": row(
            "a thread that is gone",
            "test_a_deleted_thread_is_followed_by_another_of_the_next_generation",
        ),
        "D5": row(
            "permissions lost",
            "test_without_its_rights_the_bot_waits_quietly_and_goes_on_when_it_has_them_back",
            "test_whose_bot_is_kicked_is_told_nothing_twice_and_the_queue_is_kept_until_it_is_back",
        ),
        "D6": row("gateway events lost", issue="E: replies typed in the thread"),
        "D7": row(
            "an answer too late, a crash before the acceptance",
            "test_a_command_that_was_kept_too_slowly_is_not_sent",
            "test_killed_between_the_answer_and_the_acceptance_the_member_is_told_it_was_not_sent",
        ),
        "D8": row(
            "429, a ban, an invalid token",
            "test_a_global_429_delays_and_loses_nothing",
            "test_a_ban_without_discords_own_headers_stops_the_knocking_for_a_long_while",
            "test_a_bot_token_that_ends_makes_it_unready_while_webhooks_are_kept",
        ),
        "D9": row(
            "Discord away for hours",
            "test_three_thousand_events_behind_an_outage_are_drained_in_order_and_nobody_is_starved",
        ),
        "D10": row(
            "somebody deletes the line of a sent reply",
            "test_a_reply_whose_line_a_moderator_deletes_stays_sent_and_is_not_sent_again",
            "test_deleting_the_line_of_a_sent_reply_is_said_to_change_nothing_and_offers_to_unsend",
            "test_what_the_fan_has_bought_cannot_be_unsent_and_the_note_says_so",
        ),
        "D11": row("a file that is too big beside a text", issue="F: uploads from Discord attachments"),
        "E1": row(
            "many find the token over",
            "test_thirty_replies_that_find_the_token_over_cause_one_refresh",
        ),
        "E2": row(
            "a refresh without an answer, or without a commit",
            "test_a_refresh_whose_answer_got_lost_is_repeated_once_and_nobody_notices",
            "test_killed_while_a_refresh_is_under_way_it_is_repeated_once_at_the_start",
            "test_two_lost_answers_end_in_a_question_and_never_in_a_third_request",
        ),
        "E3": row(
            "access taken back",
            "test_access_that_was_taken_back_pauses_the_queue_asks_once_and_goes_on_after_the_link",
            "test_while_a_refused_sign_in_is_looked_into_no_other_reply_goes_with_it",
        ),
        "E4": row(
            "an old backup",
            "test_a_restored_backup_sends_nothing_again_and_uses_no_old_sign_in",
            "test_after_a_restore_only_what_is_new_is_shown_and_nothing_is_sent",
            "test_after_a_restore_no_message_joins_a_post_from_before_it",
        ),
        "E5": row(
            "a refresh with fewer scopes",
            "test_a_refresh_with_fewer_scopes_is_named_and_a_reply_waits_for_the_permission",
        ),
        "E6": row(
            "two processes",
            "test_a_second_process_on_the_same_database_ends_with_75_and_the_first_goes_on",
            "test_a_second_process_with_the_same_bot_ends_with_75_and_names_what_it_shares",
        ),
        "F7": row(
            "texts and names that call, lead away, hide, or pretend to be the bridge",
            "test_what_a_fan_writes_stands_there_letter_by_letter_and_calls_nobody",
            "test_what_the_bridge_says_of_a_message_stands_where_no_fan_can_write",
            "test_what_a_fan_calls_themselves_changes_no_line_and_calls_nobody",
        ),
        "F8": row(
            "a fan who is called like another one, or like the team",
            "test_a_fan_who_looks_like_another_one_or_like_the_team_is_marked_and_nobody_is_chosen_by_a_name",
        ),
        "F9": row(
            "media that lead elsewhere, are no picture, or never end",
            "test_a_preview_that_leads_elsewhere_or_is_no_small_picture_is_told_and_not_fetched",
        ),
        "F11": row(
            "a clock that is wrong, or is put forward and back by law",
            "test_where_the_clock_changes_each_local_day_is_told_once",
            "test_a_clock_that_was_wrong_for_an_hour_leaves_no_day_out_and_tells_none_twice",
        ),
        "F12": row(
            "a task that raises or hangs",
            "test_a_task_that_hangs_turns_health_red_by_name",
            "test_a_task_that_raises_is_counted_told_and_started_again",
            "test_a_task_that_fails_again_and_again_ends_the_process_with_a_sentence",
            "test_the_real_program_has_its_tasks_watched",
        ),
    }
)
