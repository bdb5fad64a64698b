// Emoji shortcodes, as Slack names them: the ones that a workplace bot is likely to use.
const TABLE = `
+1:👍 -1:👎 100:💯 1234:🔢 abacus:🧮 airplane:✈️ airplane_arriving:🛬 airplane_departure:🛫 alarm_clock:⏰ ambulance:🚑
anger:💢 apple:🍎 arrow_backward:◀️ arrow_down:⬇️ arrow_forward:▶️ arrow_left:⬅️ arrow_right:➡️ arrow_up:⬆️
arrow_upper_right:↗️ arrow_lower_right:↘️ arrows_counterclockwise:🔄 arrows_clockwise:🔃 art:🎨 astonished:😲 baby_chick:🐤 back:🔙 baggage_claim:🛄
balloon:🎈 ballot_box_with_check:☑️ bangbang:‼️ bank:🏦 bar_chart:📊 beach_with_umbrella:🏖️ bed:🛏️ beer:🍺 beers:🍻 bell:🔔
bellhop_bell:🛎️ bento:🍱 bike:🚲 birthday:🎂 black_circle:⚫ black_large_square:⬛ blossom:🌼 blue_book:📘 blue_car:🚙 blue_heart:💙
blush:😊 boat:⛵ bomb:💣 book:📖 bookmark:🔖 bookmark_tabs:📑 books:📚 boom:💥 bottle_with_popping_cork:🍾 bouquet:💐
bow:🙇 briefcase:💼 bug:🐛 building_construction:🏗️ bulb:💡 bullettrain_front:🚅 bullettrain_side:🚄 bus:🚌 bust_in_silhouette:👤 busts_in_silhouette:👥
cake:🍰 calendar:📆 calling:📲 camera:📷 camera_with_flash:📸 car:🚗 card_file_box:🗃️ card_index:📇 card_index_dividers:🗂️ chair:🪑
chart_with_downwards_trend:📉 chart_with_upwards_trend:📈 checkered_flag:🏁 chopsticks:🥢 city_sunset:🌆 cityscape:🏙️ clap:👏 clapper:🎬 clinking_glasses:🥂 clipboard:📋
clock1:🕐 clock2:🕑 clock3:🕒 clock4:🕓 clock5:🕔 clock6:🕕 clock7:🕖 clock8:🕗 clock9:🕘 clock10:🕙 clock11:🕚 clock12:🕛 clock930:🕤
closed_lock_with_key:🔐 closed_umbrella:🌂 cloud:☁️ cn:🇨🇳 cocktail:🍸 coffee:☕ collision:💥 computer:💻 confetti_ball:🎊 construction:🚧 construction_worker:👷
credit_card:💳 crossed_flags:🎌 crown:👑 cry:😢 cup_with_straw:🥤 customs:🛃 dart:🎯 date:📅 de:🇩🇪 deciduous_tree:🌳 desktop_computer:🖥️ diamonds:♦️ dollar:💵 door:🚪
dragon:🐉 droplet:💧 earth_asia:🌏 earth_africa:🌍 email:✉️ envelope:✉️ envelope_with_arrow:📩 euro:💶 exclamation:❗ heavy_exclamation_mark:❗ eyes:👀 eye:👁️
factory:🏭 face_with_monocle:🧐 fax:📠 ferry:⛴️ file_cabinet:🗄️ file_folder:📁 fire:🔥 fire_engine:🚒 fireworks:🎆 first_place_medal:🥇 flag-cn:🇨🇳 flag-de:🇩🇪 flag-fr:🇫🇷
flag-gb:🇬🇧 flag-jp:🇯🇵 flag-us:🇺🇸 flags:🎏 floppy_disk:💾 flower_playing_cards:🎴 fork_and_knife:🍴 knife_fork_plate:🍽️ fountain:⛲ free:🆓 fuelpump:⛽ game_die:🎲 gear:⚙️ gem:💎 gift:🎁
gift_heart:💝 globe_with_meridians:🌐 golf:⛳ green_apple:🍏 green_book:📗 green_heart:💚 grey_exclamation:❕ grey_question:❔ grin:😁 grinning:😀 guardsman:💂
hammer:🔨 hammer_and_wrench:🛠️ handshake:🤝 heart:❤️ heart_eyes:😍 heavy_check_mark:✔️ heavy_minus_sign:➖ heavy_multiplication_x:✖️ heavy_plus_sign:➕ helicopter:🚁 herb:🌿 hibiscus:🌺 high_brightness:🔆 hospital:🏥 hotel:🏨 hotsprings:♨️
hourglass:⌛ hourglass_flowing_sand:⏳ house:🏠 hugging_face:🤗 id:🆔 identification_card:🪪 inbox_tray:📥 incoming_envelope:📨 information_source:ℹ️ izakaya_lantern:🏮 joy:😂 jp:🇯🇵 key:🔑 keycap_star:*️⃣ keyboard:⌨️
label:🏷️ lantern:🏮 large_blue_circle:🔵 large_blue_square:🟦 large_green_circle:🟢 large_green_square:🟩 large_orange_circle:🟠 large_orange_square:🟧 large_purple_circle:🟣 large_red_square:🟥 large_yellow_circle:🟡 large_yellow_square:🟨
laughing:😆 leaves:🍃 ledger:📒 left_luggage:🛅 link:🔗 lock:🔒 loudspeaker:📢 love_letter:💌 luggage:🧳 mag:🔍 mag_right:🔎 mailbox:📫 mailbox_with_mail:📬 maple_leaf:🍁
mantelpiece_clock:🕰️ mega:📣 memo:📝 meat_on_bone:🍖 microphone:🎤 milky_way:🌌 minibus:🚐 mobile_phone_off:📴 money_with_wings:💸 moneybag:💰 moon:🌔 moon_cake:🥮 mountain:⛰️ muscle:💪 musical_note:🎵 necktie:👔
negative_squared_cross_mark:❎ neutral_face:😐 new:🆕 newspaper:📰 no_bell:🔕 no_entry:⛔ no_entry_sign:🚫 no_smoking:🚭 notebook:📓 office:🏢 office_worker:🧑‍💼 ok:🆗 ok_hand:👌 oncoming_automobile:🚘 oncoming_taxi:🚖 on:🔛
one:1️⃣ two:2️⃣ three:3️⃣ four:4️⃣ five:5️⃣ six:6️⃣ seven:7️⃣ eight:8️⃣ nine:9️⃣ keycap_ten:🔟 zero:0️⃣ open_file_folder:📂 orange_book:📙 orange_heart:🧡 outbox_tray:📤 package:📦 page_facing_up:📄 page_with_curl:📃 paperclip:📎 parking:🅿️ partly_sunny:⛅
partying_face:🥳 passport_control:🛂 pause_button:⏸️ double_vertical_bar:⏸️ pencil:📝 pencil2:✏️ pensive:😔 people_holding_hands:🧑‍🤝‍🧑 performing_arts:🎭 phone:☎️ telephone:☎️ telephone_receiver:📞 plate_with_cutlery:🍽️ pick:⛏️ pill:💊 pushpin:📌 round_pushpin:📍 point_down:👇 point_left:👈 point_right:👉 point_up:☝️ point_up_2:👆
police_car:🚓 popcorn:🍿 postbox:📮 pray:🙏 printer:🖨️ purple_heart:💜 put_litter_in_its_place:🚮 question:❓ rage:😡 railway_car:🚃 rainbow:🌈 raised_hand:✋ raised_hands:🙌 raising_hand:🙋 ramen:🍜 receipt:🧾 recycle:♻️ red_car:🚗 red_circle:🔴 red_envelope:🧧 relaxed:☺️ relieved:😌
repeat:🔁 reminder_ribbon:🎗️ rice:🍚 ring:💍 rocket:🚀 rose:🌹 rotating_light:🚨 runner:🏃 sake:🍶 satellite:📡 scales:⚖️ school:🏫 scroll:📜 seat:💺 second_place_medal:🥈 see_no_evil:🙈 shield:🛡️ ship:🚢 shopping_bags:🛍️ shushing_face:🤫 signal_strength:📶
sleeping:😴 slightly_frowning_face:🙁 slightly_smiling_face:🙂 small_blue_diamond:🔹 small_orange_diamond:🔸 large_blue_diamond:🔷 large_orange_diamond:🔶 small_red_triangle:🔺 small_red_triangle_down:🔻 smile:😄 smiley:😃 smirk:😏 snowflake:❄️ sob:😭 soon:🔜 sos:🆘 sparkle:❇️ sparkler:🎇 sparkles:✨ speaker:🔈 speech_balloon:💬 spiral_calendar_pad:🗓️ calendar_spiral:🗓️ stadium:🏟️ spiral_note_pad:🗒️
star:⭐ star2:🌟 star-struck:🤩 station:🚉 steam_locomotive:🚂 steering_wheel:🛞 stop_sign:🛑 octagonal_sign:🛑 black_square_for_stop:⏹️ stopwatch:⏱️ studio_microphone:🎙️ sun_with_face:🌞 sunflower:🌻 sunglasses:😎 sunny:☀️ sunrise:🌅 sweat:😓 sweat_smile:😅 syringe:💉 tada:🎉 takeout_box:🥡 taxi:🚕 tea:🍵 teapot:🫖 test_tube:🧪 thermometer:🌡️ thinking_face:🤔 thought_balloon:💭
third_place_medal:🥉 thumbsdown:👎 thumbsup:👍 ticket:🎫 admission_tickets:🎟️ timer_clock:⏲️ tools:🛠️ traffic_light:🚥 vertical_traffic_light:🚦 train:🚋 train2:🚆 tram:🚊 triangular_flag_on_post:🚩 triangular_ruler:📐 trophy:🏆 truck:🚚 tulip:🌷 tv:📺 twisted_rightwards_arrows:🔀 umbrella:☔ unamused:😒 unlock:🔓 up:🆙 us:🇺🇸 gb:🇬🇧 fr:🇫🇷 v:✌️ vegetables:🥬 leafy_green:🥬 video_camera:📹 vs:🆚
wait:✋ warning:⚠️ wastebasket:🗑️ watch:⌚ wave:👋 waving_white_flag:🏳️ waving_black_flag:🏴 weary:😩 welcome:👋 wheelchair:♿ white_check_mark:✅ white_circle:⚪ white_flower:💮 white_large_square:⬜ wind_blowing_face:🌬️ wine_glass:🍷 wink:😉 world_map:🗺️ worried:😟 wrench:🔧 writing_hand:✍️ x:❌ yellow_heart:💛 yen:💴 yum:😋 zap:⚡ zipper_mouth_face:🤐 zzz:💤
`;

const EMOJI = new Map(
  TABLE.trim()
    .split(/\s+/)
    .map((pair) => {
      const at = pair.lastIndexOf(':');
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
);

/** The emoji of a shortcode (without colons, skin tone ignored), or null if there is none. */
export function emoji(name) {
  return EMOJI.get(name.toLowerCase().replace(/::skin-tone-\d$/, '')) ?? null;
}

/** Replace the `:shortcodes:` in plain text; unknown ones stay as they are. */
export function withEmoji(text) {
  return text.replace(
    /:([a-z0-9_+-]+):(?::?skin-tone-\d:)?/gi,
    (whole, name) => emoji(name) ?? whole,
  );
}
